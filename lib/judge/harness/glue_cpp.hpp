// Arguments in, answer out, for a generated main: see lib/judge/glue.h. The solution is
// compiled behind all this, so that its macros do not reach it.
#ifndef VIVA_GLUE_HPP
#define VIVA_GLUE_HPP

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cxxabi.h>
#include <deque>
#include <exception>
#include <string>
#include <type_traits>
#include <typeinfo>
#include <vector>

struct ListNode {
	int val;
	ListNode *next;
	ListNode(int value = 0, ListNode *rest = nullptr) : val(value), next(rest)
	{
	}
};

struct TreeNode {
	int val;
	TreeNode *left, *right;
	TreeNode(int value = 0, TreeNode *l = nullptr, TreeNode *r = nullptr)
	    : val(value), left(l), right(r)
	{
	}
};

namespace viva
{

enum { MOST_NODES = 1000000 }; // more are a circle

// --- arguments ------------------------------------------------------------------

class Arguments {
	std::string bytes;
	const char *at = nullptr;

public:
	Arguments()
	{
		char chunk[16384];
		std::FILE *file = fdopen(3, "rb");

		while (file != nullptr) {
			std::size_t got = std::fread(chunk, 1, sizeof chunk, file);

			if (got == 0)
				break;
			bytes.append(chunk, got);
		}
		at = bytes.c_str();
	}

	long long number()
	{
		char *end;
		long long value = std::strtoll(at, &end, 10);

		at = end;
		return value;
	}

	void take(int &value)
	{
		value = static_cast<int>(number());
	}

	void take(long long &value)
	{
		value = number();
	}

	void take(bool &value)
	{
		value = number() != 0;
	}

	void take(double &value)
	{
		char *end;

		value = std::strtod(at, &end);
		at = end;
	}

	void take(std::string &value)
	{
		std::size_t size = static_cast<std::size_t>(number());

		value.assign(at + 1, size);
		at += size + 1;
	}

	void take(ListNode *&first)
	{
		ListNode **end = &first;

		first = nullptr;
		for (long long left = number(); left > 0; left--) {
			*end = new ListNode(static_cast<int>(number()));
			end = &(*end)->next;
		}
	}

	TreeNode *node()
	{
		if (at[0] == ' ' && at[1] == 'n') {
			at += 2;
			return nullptr;
		}
		return new TreeNode(static_cast<int>(number()));
	}

	// The children of the nodes in their order; behind the last word all are missing.
	void take(TreeNode *&root)
	{
		long long left = number();
		std::deque<TreeNode *> parents;

		root = left-- > 0 ? node() : nullptr;
		if (root != nullptr)
			parents.push_back(root);
		for (; left > 0 && !parents.empty(); parents.pop_front()) {
			for (TreeNode **child : { &parents[0]->left, &parents[0]->right }) {
				*child = left-- > 0 ? node() : nullptr;
				if (*child != nullptr)
					parents.push_back(*child);
			}
		}
	}

	template <typename T> void take(std::vector<T> &items)
	{
		for (long long left = number(); left > 0; left--) {
			T item;

			take(item);
			items.push_back(std::move(item));
		}
	}
};

// --- the answer -----------------------------------------------------------------

class Bad_answer : public std::exception {
	const char *text;

public:
	explicit Bad_answer(const char *message) : text(message)
	{
	}

	const char *what() const noexcept override
	{
		return text;
	}
};

class Answer {
	std::string bytes;

	template <typename... Args> void format(const char *form, Args... args)
	{
		char text[64];
		int size = std::snprintf(text, sizeof text, form, args...);

		bytes.append(text, static_cast<std::size_t>(size));
	}

public:
	void raw(const char *text)
	{
		bytes += text;
	}

	void put(int value)
	{
		format("%d", value);
	}

	void put(long long value)
	{
		format("%lld", value);
	}

	void put(bool value)
	{
		raw(value ? "true" : "false");
	}

	void put(double value)
	{
		if (std::isnan(value))
			raw("{\"$float\":\"nan\"}");
		else if (std::isinf(value))
			raw(value < 0 ? "{\"$float\":\"-inf\"}" : "{\"$float\":\"inf\"}");
		else
			format("%.17g", value);
	}

	// Bytes of the UTF-8 character at `at`; 0 if it is none.
	static std::size_t character_size(const std::string &text, std::size_t at)
	{
		auto byte = [&](std::size_t i) {
			return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
		};
		unsigned first = byte(0), second = byte(1);
		std::size_t size = first < 0x80                   ? 1
		                   : first >= 0xC2 && first < 0xE0 ? 2
		                   : first >= 0xE0 && first < 0xF0 ? 3
		                   : first >= 0xF0 && first < 0xF5 ? 4
		                                                   : 0;

		for (std::size_t i = 1; i < size; i++) {
			if ((byte(i) & 0xC0) != 0x80)
				return 0;
		}
		if ((first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
		    (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F))
			return 0;
		return size;
	}

	void put(const std::string &text)
	{
		raw("\"");
		for (std::size_t at = 0; at < text.size();) {
			std::size_t size = character_size(text, at);
			unsigned char c = static_cast<unsigned char>(text[at]);

			if (size == 0)
				raw("\xEF\xBF\xBD");
			else if (c < 0x20)
				format("\\u%04x", c);
			else if (c == '"' || c == '\\')
				format("\\%c", c);
			else
				bytes.append(text, at, size);
			at += size == 0 ? 1 : size;
		}
		raw("\"");
	}

	void put(const ListNode *node)
	{
		int count = 0;

		raw("[");
		for (; node != nullptr; node = node->next) {
			if (++count > MOST_NODES)
				throw Bad_answer("the list has no end");
			format(count == 1 ? "%d" : ",%d", node->val);
		}
		raw("]");
	}

	void put(const TreeNode *root)
	{
		std::vector<const TreeNode *> nodes{ root };

		for (std::size_t i = 0; i < nodes.size(); i++) {
			const TreeNode *node = nodes[i];

			if (node == nullptr)
				continue;
			if (nodes.size() > 2 * MOST_NODES)
				throw Bad_answer("the tree has no end");
			nodes.push_back(node->left);
			nodes.push_back(node->right);
		}
		while (!nodes.empty() && nodes.back() == nullptr)
			nodes.pop_back();
		raw("[");
		for (std::size_t i = 0; i < nodes.size(); i++) {
			raw(i == 0 ? "" : ",");
			if (nodes[i] == nullptr)
				raw("null");
			else
				put(nodes[i]->val);
		}
		raw("]");
	}

	template <typename T> void put(const std::vector<T> &items)
	{
		const char *separator = "";

		raw("[");
		for (const auto &item : items) {
			raw(separator);
			// not a reference to one bit of a vector<bool>
			if constexpr (std::is_same_v<T, bool>)
				put(static_cast<bool>(item));
			else
				put(item);
			separator = ",";
		}
		raw("]");
	}

	// Sends what was put, as one frame, and ends the process.
	[[noreturn]] void send()
	{
		std::size_t size = bytes.size();
		std::FILE *file = fdopen(4, "wb");

		std::fflush(nullptr);
		if (file != nullptr) {
			for (int shift = 24; shift >= 0; shift -= 8)
				std::fputc(static_cast<int>(size >> shift & 0xFF), file);
			std::fwrite(bytes.data(), 1, size, file);
			std::fflush(file);
		}
		std::_Exit(0);
	}
};

// The type of what is being caught.
inline std::string caught_class()
{
	const std::type_info *type = abi::__cxa_current_exception_type();
	int status = -1;
	char *name = type == nullptr ? nullptr
	                             : abi::__cxa_demangle(type->name(), nullptr, nullptr, &status);

	return status == 0 ? name : "exception";
}

[[noreturn]] inline void send_exception(const std::string &name, const char *message)
{
	Answer answer;

	answer.raw("{\"exc\":");
	answer.put(name);
	answer.raw(",\"msg\":");
	answer.put(std::string(message));
	answer.raw(",\"line\":0}");
	answer.send();
}

// Runs a generated call and sends what comes of it.
template <typename Call> [[noreturn]] void serve(Call call)
{
	try {
		Arguments arguments;
		Answer answer;

		answer.raw("{\"ok\":");
		call(arguments, answer);
		answer.raw("}");
		answer.send();
	} catch (const Bad_answer &exception) {
		send_exception("BadAnswer", exception.what());
	} catch (const std::exception &exception) {
		send_exception(caught_class(), exception.what());
	} catch (...) {
		send_exception(caught_class(), "");
	}
}

} // namespace viva

#endif
