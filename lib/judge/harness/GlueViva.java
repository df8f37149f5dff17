// Calls a Java function for the judge, once for each frame on descriptor 3: see
// lib/judge/glue.h. The generated GlueCall takes the arguments and puts the answer.

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

class ListNode {
	int val;
	ListNode next;

	ListNode() {
	}

	ListNode(int val) {
		this.val = val;
	}

	ListNode(int val, ListNode next) {
		this.val = val;
		this.next = next;
	}
}

class TreeNode {
	int val;
	TreeNode left, right;

	TreeNode() {
	}

	TreeNode(int val) {
		this.val = val;
	}

	TreeNode(int val, TreeNode left, TreeNode right) {
		this.val = val;
		this.left = left;
		this.right = right;
	}
}

// Reads the bytes of a test; gives the answer as text, or what was thrown.
abstract class GlueViva implements Function<byte[], Object> {
	private static final int MOST_NODES = 1000000; // more are a circle

	private byte[] input;
	private int at;
	private final StringBuilder output = new StringBuilder();

	abstract void run() throws Throwable;

	@Override
	public Object apply(byte[] bytes) {
		input = bytes;
		try {
			output.append("{\"ok\":");
			run();
			return output.append('}');
		} catch (Throwable throwable) {
			return throwable;
		}
	}

	// --- arguments ----------------------------------------------------------------

	private long takeLong() {
		boolean isNegative = input[at] == '-';
		long value = 0; // below zero, where there is room for every long
		for (at += isNegative ? 1 : 0; input[at] != ' '; at++)
			value = value * 10 - (input[at] - '0');
		at++;
		return isNegative ? value : -value;
	}

	private int takeInt() {
		return (int) takeLong();
	}

	private double takeDouble() {
		int start = at;
		while (input[at] != ' ')
			at++;
		String word = new String(input, start, at++ - start, StandardCharsets.US_ASCII);
		switch (word) {
		case "nan":
			return Double.NaN;
		case "inf":
			return Double.POSITIVE_INFINITY;
		case "-inf":
			return Double.NEGATIVE_INFINITY;
		default:
			return Double.parseDouble(word);
		}
	}

	private String takeString() {
		int size = takeInt();
		String text = new String(input, at, size, StandardCharsets.UTF_8);
		at += size + 1;
		return text;
	}

	private ListNode takeList() {
		ListNode before = new ListNode(), last = before;
		for (int left = takeInt(); left > 0; left--) {
			last.next = new ListNode(takeInt());
			last = last.next;
		}
		return before.next;
	}

	private TreeNode takeTreeNode(List<TreeNode> nodes) {
		if (input[at] == 'n') {
			at += 2;
			return null;
		}
		TreeNode node = new TreeNode(takeInt());
		nodes.add(node);
		return node;
	}

	// The children of the nodes in their order; behind the last word all are missing.
	private TreeNode takeTree() {
		List<TreeNode> nodes = new ArrayList<>();
		int left = takeInt();
		TreeNode root = left-- > 0 ? takeTreeNode(nodes) : null;
		for (int i = 0; left > 0 && i < nodes.size(); i++) {
			nodes.get(i).left = takeTreeNode(nodes);
			if (--left > 0) {
				nodes.get(i).right = takeTreeNode(nodes);
				left--;
			}
		}
		return root;
	}

	private Object takeArray(Class<?> type) {
		Object items = Array.newInstance(type, takeInt());
		if (items instanceof int[] numbers) {
			for (int i = 0; i < numbers.length; i++)
				numbers[i] = takeInt();
		} else if (items instanceof long[] numbers) {
			for (int i = 0; i < numbers.length; i++)
				numbers[i] = takeLong();
		} else if (items instanceof double[] numbers) {
			for (int i = 0; i < numbers.length; i++)
				numbers[i] = takeDouble();
		} else if (items instanceof boolean[] flags) {
			for (int i = 0; i < flags.length; i++)
				flags[i] = takeLong() != 0;
		} else {
			Object[] objects = (Object[]) items;
			for (int i = 0; i < objects.length; i++)
				objects[i] = take(type);
		}
		return items;
	}

	Object take(Class<?> type) {
		if (type.isArray())
			return takeArray(type.getComponentType());
		if (type == int.class)
			return takeInt();
		if (type == long.class)
			return takeLong();
		if (type == double.class)
			return takeDouble();
		if (type == boolean.class)
			return takeLong() != 0;
		if (type == String.class)
			return takeString();
		return type == ListNode.class ? takeList() : takeTree();
	}

	// --- the answer ---------------------------------------------------------------

	private void putDouble(double value) {
		if (Double.isNaN(value))
			output.append("{\"$float\":\"nan\"}");
		else if (Double.isInfinite(value))
			output.append(value > 0 ? "{\"$float\":\"inf\"}" : "{\"$float\":\"-inf\"}");
		else
			output.append(value);
	}

	static void quote(String text, StringBuilder output) {
		output.append('"');
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			if (c < 0x20) {
				output.append(String.format("\\u%04x", (int) c));
			} else if (c == '"' || c == '\\') {
				output.append('\\').append(c);
			} else if (!Character.isSurrogate(c)) {
				output.append(c);
			} else if (Character.isHighSurrogate(c) && i + 1 < text.length()
					&& Character.isLowSurrogate(text.charAt(i + 1))) {
				output.append(c).append(text.charAt(++i));
			} else {
				output.append('\uFFFD');
			}
		}
		output.append('"');
	}

	private void putList(ListNode node) {
		output.append('[');
		for (int count = 0; node != null; node = node.next) {
			if (count++ > 0)
				output.append(',');
			if (count > MOST_NODES)
				throw new IllegalStateException("the list has no end");
			output.append(node.val);
		}
		output.append(']');
	}

	private void putTree(TreeNode root) {
		List<TreeNode> nodes = new ArrayList<>();
		nodes.add(root);
		for (int i = 0; i < nodes.size(); i++) {
			TreeNode node = nodes.get(i);
			if (node == null)
				continue;
			if (nodes.size() > 2 * MOST_NODES)
				throw new IllegalStateException("the tree has no end");
			nodes.add(node.left);
			nodes.add(node.right);
		}
		int count = nodes.size();
		while (count > 0 && nodes.get(count - 1) == null)
			count--;
		output.append('[');
		for (int i = 0; i < count; i++) {
			output.append(i == 0 ? "" : ",");
			output.append(nodes.get(i) == null ? "null" : nodes.get(i).val);
		}
		output.append(']');
	}

	private void putArray(Class<?> type, Object items) {
		int length = Array.getLength(items);
		output.append('[');
		for (int i = 0; i < length; i++) {
			if (i > 0)
				output.append(',');
			if (items instanceof int[] numbers)
				output.append(numbers[i]);
			else
				put(type, Array.get(items, i));
		}
		output.append(']');
	}

	void put(Class<?> type, Object value) {
		if (type == ListNode.class)
			putList((ListNode) value);
		else if (type == TreeNode.class)
			putTree((TreeNode) value);
		else if (value == null)
			output.append("null");
		else if (type.isArray())
			putArray(type.getComponentType(), value);
		else if (type == double.class)
			putDouble((Double) value);
		else if (type == String.class)
			quote((String) value, output);
		else
			output.append(value);
	}

	// --- the call -----------------------------------------------------------------

	// An object to call the function on: none if the function is static.
	static <T> T object(Class<T> type, String function) throws Throwable {
		for (Method method : type.getDeclaredMethods()) {
			if (method.getName().equals(function) && Modifier.isStatic(method.getModifiers()))
				return null;
		}
		Constructor<T> constructor = type.getDeclaredConstructor();
		constructor.setAccessible(true);
		try {
			return constructor.newInstance();
		} catch (InvocationTargetException exception) {
			throw exception.getCause();
		}
	}
}

final class GlueServer {
	private static final String LOADER = "solution";

	private Object result;

	// Loads the solution anew for every test, so that a test does not see what another one left.
	private static final class Loader extends ClassLoader {
		Loader() {
			super(LOADER, GlueServer.class.getClassLoader());
		}

		@Override
		protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
			synchronized (getClassLoadingLock(name)) {
				Class<?> loaded = findLoadedClass(name);
				Path file = Path.of(name + ".class");
				if (loaded != null)
					return loaded;
				if (name.startsWith("GlueServer") || name.indexOf('.') >= 0 || !Files.exists(file))
					return super.loadClass(name, resolve);
				try {
					byte[] bytes = Files.readAllBytes(file);
					return defineClass(name, bytes, 0, bytes.length);
				} catch (IOException exception) {
					throw new ClassNotFoundException(name, exception);
				}
			}
		}
	}

	@SuppressWarnings("unchecked")
	private void call(byte[] test) {
		try {
			Class<?> type = Thread.currentThread().getContextClassLoader().loadClass("GlueCall");
			Constructor<?> constructor = type.getDeclaredConstructor();
			constructor.setAccessible(true);
			result = ((Function<byte[], Object>) constructor.newInstance()).apply(test);
		} catch (Throwable throwable) {
			result = throwable;
		}
	}

	// True if nothing of the solution is still running and the machine is whole.
	private boolean run(byte[] test) throws InterruptedException {
		ThreadGroup group = new ThreadGroup("solution");
		Thread thread = new Thread(group, () -> call(test), "main");
		thread.setContextClassLoader(new Loader());
		thread.start();
		thread.join();

		Thread[] left = new Thread[64];
		for (int i = group.enumerate(left) - 1; i >= 0; i--) {
			if (!left[i].isDaemon())
				return false;
		}
		return !(result instanceof VirtualMachineError);
	}

	private static int lineOf(Throwable throwable) {
		for (StackTraceElement place : throwable.getStackTrace()) {
			String name = place.getClassName();
			if (LOADER.equals(place.getClassLoaderName())
					&& !name.equals("GlueCall") && !name.equals("GlueViva"))
				return Math.max(place.getLineNumber(), 0);
		}
		return 0;
	}

	private static StringBuilder failureText(Throwable failure) {
		while (failure instanceof ExceptionInInitializerError && failure.getCause() != null)
			failure = failure.getCause();
		String name = failure.getClass().getSimpleName(), message = null;
		int line = 0;
		try {
			line = lineOf(failure);
			message = failure.getMessage();
		} catch (Throwable throwable) {
			message = null; // its class is one of the solution
		}
		StringBuilder output = new StringBuilder("{\"exc\":");
		GlueViva.quote(name.isEmpty() ? failure.getClass().getName() : name, output);
		output.append(",\"msg\":");
		GlueViva.quote(message == null ? "" : message, output);
		return output.append(",\"line\":").append(line).append('}');
	}

	private byte[] frame() {
		if (result instanceof Throwable failure)
			result = failureText(failure);
		byte[] text = result.toString().getBytes(StandardCharsets.UTF_8);
		return ByteBuffer.allocate(4 + text.length).putInt(text.length).put(text).array();
	}

	private static void flush(PrintStream stream) {
		try {
			stream.flush();
		} catch (Throwable throwable) {
			return; // of the solution's own class
		}
	}

	private static FileDescriptor descriptor(int number) throws ReflectiveOperationException {
		Constructor<FileDescriptor> constructor =
				FileDescriptor.class.getDeclaredConstructor(int.class);
		constructor.setAccessible(true);
		return constructor.newInstance(number);
	}

	private static void serve(DataInputStream tests, OutputStream answers) throws Exception {
		PrintStream out = System.out, err = System.err;
		InputStream in = System.in;
		boolean isFresh = true;
		for (;;) {
			byte[] bytes = tests.readNBytes(tests.readInt());
			if (!isFresh)
				return; // the judge starts another one
			System.setIn(in);
			System.setOut(out);
			System.setErr(err);
			GlueServer server = new GlueServer();
			isFresh = server.run(bytes);
			flush(System.out);
			flush(System.err);
			out.flush();
			answers.write(server.frame());
		}
	}

	public static void main(String[] args) throws Exception {
		DataInputStream tests =
				new DataInputStream(new BufferedInputStream(new FileInputStream(descriptor(3))));
		try {
			serve(tests, new FileOutputStream(descriptor(4)));
		} catch (EOFException exception) {
			Runtime.getRuntime().halt(0); // there are no more tests
		}
		Runtime.getRuntime().halt(1);
	}
}
