// Arguments in, answer out, for a generated main: see lib/judge/glue.h.
use std::cell::RefCell;
use std::fs::File;
use std::io::{Read, Write};
use std::os::unix::io::FromRawFd;
use std::rc::Rc;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListNode {
    pub val: i32,
    pub next: Option<Box<ListNode>>,
}

impl ListNode {
    pub fn new(val: i32) -> Self {
        ListNode { val, next: None }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeNode {
    pub val: i32,
    pub left: Option<Rc<RefCell<TreeNode>>>,
    pub right: Option<Rc<RefCell<TreeNode>>>,
}

impl TreeNode {
    pub fn new(val: i32) -> Self {
        TreeNode { val, left: None, right: None }
    }
}

type Tree = Option<Rc<RefCell<TreeNode>>>;

const MOST_NODES: usize = 1_000_000; // more are a circle
const STACK_BYTES: usize = 64 << 20;

// --- arguments ------------------------------------------------------------------

pub struct Arguments {
    bytes: Vec<u8>,
    at: usize,
}

impl Arguments {
    pub fn read() -> Self {
        let mut bytes = Vec::new();
        let mut file = unsafe { File::from_raw_fd(3) };
        file.read_to_end(&mut bytes).expect("arguments");
        Arguments { bytes, at: 0 }
    }

    fn text(&mut self, size: usize) -> &str {
        let start = self.at;
        self.at += size + 1;
        std::str::from_utf8(&self.bytes[start..start + size]).expect("UTF-8")
    }

    fn word(&mut self) -> &str {
        let rest = &self.bytes[self.at..];
        let size = rest.iter().position(|byte| *byte == b' ').expect("a word");
        self.text(size)
    }

    fn count(&mut self) -> usize {
        self.word().parse().expect("a length")
    }

    pub fn take<T: Value>(&mut self) -> T {
        T::take(self)
    }
}

pub trait Value {
    fn take(from: &mut Arguments) -> Self;
    fn put(&self, to: &mut String);
}

macro_rules! number {
    ($type:ty) => {
        impl Value for $type {
            fn take(from: &mut Arguments) -> Self {
                from.word().parse().expect("a number")
            }

            fn put(&self, to: &mut String) {
                to.push_str(&self.to_string());
            }
        }
    };
}

number!(i32);
number!(i64);

impl Value for bool {
    fn take(from: &mut Arguments) -> Self {
        from.word() == "1"
    }

    fn put(&self, to: &mut String) {
        to.push_str(if *self { "true" } else { "false" });
    }
}

impl Value for f64 {
    fn take(from: &mut Arguments) -> Self {
        from.word().parse().expect("a number")
    }

    fn put(&self, to: &mut String) {
        if self.is_nan() {
            to.push_str("{\"$float\":\"nan\"}");
        } else if self.is_infinite() {
            to.push_str(if *self > 0.0 { "{\"$float\":\"inf\"}" } else { "{\"$float\":\"-inf\"}" });
        } else {
            to.push_str(&format!("{:e}", self));
        }
    }
}

fn put_text(text: &str, to: &mut String) {
    to.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                to.push('\\');
                to.push(c);
            }
            '\0'..='\x1F' => to.push_str(&format!("\\u{:04x}", c as u32)),
            _ => to.push(c),
        }
    }
    to.push('"');
}

impl Value for String {
    fn take(from: &mut Arguments) -> Self {
        let size = from.count();
        from.text(size).to_string()
    }

    fn put(&self, to: &mut String) {
        put_text(self, to);
    }
}

impl<T: Value> Value for Vec<T> {
    fn take(from: &mut Arguments) -> Self {
        let count = from.count();
        (0..count).map(|_| from.take()).collect()
    }

    fn put(&self, to: &mut String) {
        to.push('[');
        for (i, item) in self.iter().enumerate() {
            if i > 0 {
                to.push(',');
            }
            item.put(to);
        }
        to.push(']');
    }
}

impl Value for Option<Box<ListNode>> {
    fn take(from: &mut Arguments) -> Self {
        let values: Vec<i32> = from.take();
        let mut first = None;
        for val in values.into_iter().rev() {
            first = Some(Box::new(ListNode { val, next: first }));
        }
        first
    }

    fn put(&self, to: &mut String) {
        let mut values = Vec::new();
        let mut node = self;
        while let Some(inner) = node {
            values.push(inner.val);
            node = &inner.next;
        }
        values.put(to);
    }
}

fn take_tree_node(from: &mut Arguments, left: &mut usize) -> Tree {
    if *left == 0 {
        return None;
    }
    *left -= 1;
    let word = from.word();
    if word == "n" {
        return None;
    }
    Some(Rc::new(RefCell::new(TreeNode::new(word.parse().expect("a number")))))
}

impl Value for Option<Rc<RefCell<TreeNode>>> {
    // The children of the nodes in their order; behind the last word all are missing.
    fn take(from: &mut Arguments) -> Self {
        let mut left = from.count();
        let root = take_tree_node(from, &mut left);
        let mut nodes: Vec<_> = root.iter().cloned().collect();
        let mut i = 0;
        while i < nodes.len() {
            let node = nodes[i].clone();
            node.borrow_mut().left = take_tree_node(from, &mut left);
            node.borrow_mut().right = take_tree_node(from, &mut left);
            nodes.extend(node.borrow().left.iter().cloned());
            nodes.extend(node.borrow().right.iter().cloned());
            i += 1;
        }
        root
    }

    fn put(&self, to: &mut String) {
        let mut nodes = vec![self.clone()];
        let mut words = Vec::new();
        let mut i = 0;
        while i < nodes.len() {
            match nodes[i].clone() {
                None => words.push("null".to_string()),
                Some(node) => {
                    assert!(nodes.len() <= 2 * MOST_NODES, "the tree has no end");
                    words.push(node.borrow().val.to_string());
                    nodes.push(node.borrow().left.clone());
                    nodes.push(node.borrow().right.clone());
                }
            }
            i += 1;
        }
        while words.last().map_or(false, |word| word == "null") {
            words.pop();
        }
        to.push('[');
        to.push_str(&words.join(","));
        to.push(']');
    }
}

// --- the answer -----------------------------------------------------------------

// Sends one frame and ends the process.
fn send(json: &str) -> ! {
    let mut frame = (json.len() as u32).to_be_bytes().to_vec();
    frame.extend_from_slice(json.as_bytes());
    let _ = std::io::stdout().flush();
    let mut file = unsafe { File::from_raw_fd(4) };
    let _ = file.write_all(&frame);
    std::process::exit(0);
}

fn message(info: &dyn std::any::Any) -> String {
    if let Some(text) = info.downcast_ref::<&str>() {
        return text.to_string();
    }
    info.downcast_ref::<String>().cloned().unwrap_or_default()
}

thread_local! {
    static PLACE: RefCell<u32> = RefCell::new(0);
}

// Makes a generated call and sends what comes of it, in a thread of its own: without /proc
// the standard library cannot tell where the stack of the first one ends.
pub fn serve<T: Value + 'static>(call: fn(&mut Arguments) -> T) -> ! {
    let thread = std::thread::Builder::new().name("main".to_string()).stack_size(STACK_BYTES);
    match thread.spawn(move || run(call)).expect("a thread").join() {
        Ok(never) => never,
        Err(_) => std::process::abort(),
    }
}

// A panic that the solution catches is none.
fn run<T: Value>(call: fn(&mut Arguments) -> T) -> ! {
    std::panic::set_hook(Box::new(|info| {
        let line = match info.location() {
            Some(place) if place.file().ends_with("solution.rs") => place.line(),
            _ => 0,
        };
        PLACE.with(|place| *place.borrow_mut() = line);
        eprintln!("{}", info);
    }));
    let outcome = std::panic::catch_unwind(|| {
        let mut json = String::from("{\"ok\":");
        call(&mut Arguments::read()).put(&mut json);
        json.push('}');
        json
    });
    match outcome {
        Ok(json) => send(&json),
        Err(reason) => {
            let line = PLACE.with(|place| *place.borrow());
            let mut json = String::from("{\"exc\":\"panic\",\"msg\":");
            put_text(&message(&*reason), &mut json);
            json.push_str(&format!(",\"line\":{}}}", line));
            send(&json)
        }
    }
}
