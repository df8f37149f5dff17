// Runs JavaScript functions for the judge: node batch.js
//
// Each frame on descriptor 3 is a call as JSON. The solution beside it is run for it in a context
// of its own, so that a test does not see what another one left (the sandbox is what keeps
// the solution in, not the context). The answer is one frame on 4: {"ok": value} or
// {"exc": class, "msg": text, "line": n}.
"use strict";

const { readFileSync, readSync } = require("fs"); // before a solution can replace them
const vm = require("vm");
const { Console } = require("console");
const { builtinModules } = require("module");
const { Writable } = require("stream");
const { types } = require("util");
const { NoAnswer, SOLUTION, faultText, send, writeAll } = require("./frame.js");

const MAX_DEPTH = 60; // of an answer; the judge reads 64 with what stands around it
const MAX_NODES = 1000000;
const BUILTINS = new Set(builtinModules);

// --- input -------------------------------------------------------------------

// Fills the buffer from descriptor 3; false at its end.
function fill(buffer) {
	for (let done = 0; done < buffer.length;) {
		const count = readSync(3, buffer, done, buffer.length - done, null);
		if (count === 0)
			return false;
		done += count;
	}
	return true;
}

function receive() {
	const head = Buffer.alloc(4);
	if (!fill(head))
		return null;
	const body = Buffer.alloc(head.readUInt32BE(0));
	return fill(body) ? body.toString() : null;
}

// --- answers ------------------------------------------------------------------

function textOf(value) {
	if (value.includes("\0"))
		throw new NoAnswer("a text of the answer has a NUL character");
	if (/\p{Cs}/u.test(value))
		throw new NoAnswer("a text of the answer is not valid Unicode");
	return JSON.stringify(value);
}

function numberText(value) {
	if (Number.isFinite(value))
		return value === 0 ? "0" : String(value);
	return `{"$float":"${Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf"}"}`;
}

function rank(value) {
	return ["number", "bigint"].includes(typeof value) ? 0 : typeof value === "string" ? 1 : 2;
}

// The order in which a set is listed: numbers, texts by code point, then the rest.
function compare(a, b) {
	if (rank(a) !== rank(b))
		return rank(a) - rank(b);
	if (rank(a) === 0)
		return a < b ? -1 : a > b ? 1 : 0;
	if (rank(a) === 1)
		return Buffer.compare(Buffer.from(a), Buffer.from(b));
	for (let i = 0; Array.isArray(a) && Array.isArray(b) && i < Math.min(a.length, b.length); i++) {
		const order = compare(a[i], b[i]);
		if (order !== 0)
			return order;
	}
	return Array.isArray(a) && Array.isArray(b) ? a.length - b.length : 0;
}

function keyText(key) {
	if (key !== null && ["object", "function", "symbol"].includes(typeof key))
		throw new NoAnswer("a key of a Map must be a string or a number");
	return textOf(String(key));
}

function pairsText(pairs, depth) {
	return `{${pairs.map(([key, item]) => `${keyText(key)}:${jsonText(item, depth + 1)}`).join()}}`;
}

function objectText(value, depth) {
	if (types.isBoxedPrimitive(value))
		return jsonText(value.valueOf(), depth);
	if (types.isMap(value))
		return pairsText([...value], depth);
	if (types.isSet(value))
		value = [...value].sort(compare);
	if (typeof value[Symbol.iterator] === "function") {
		const items = Array.from(value, item => jsonText(item, depth + 1));
		return `[${items.join()}]`;
	}
	if (typeof value.toJSON === "function")
		return jsonText(value.toJSON(), depth + 1);
	return pairsText(Object.entries(value).filter(([, item]) => item !== undefined), depth);
}

// JSON with every digit of a BigInt; undefined as null; anything iterable as an array.
function jsonText(value, depth = 0) {
	if (depth > MAX_DEPTH)
		throw new NoAnswer("the answer nests too deep or contains itself");
	switch (typeof value) {
	case "undefined":
		return "null";
	case "boolean":
	case "bigint":
		return String(value);
	case "number":
		return numberText(value);
	case "string":
		return textOf(value);
	case "object":
		return value === null ? "null" : objectText(value, depth);
	default:
		throw new NoAnswer(`a ${typeof value} cannot be an answer`);
	}
}

// --- lists and trees ----------------------------------------------------------

// Run inside each context, so that what a solution gets is of its own realm.
const PRELUDE = `
class ListNode {
	constructor(val = 0, next = null) { this.val = val; this.next = next; }
}
class TreeNode {
	constructor(val = 0, left = null, right = null) {
		this.val = val; this.left = left; this.right = right;
	}
}
globalThis.ListNode = ListNode;
globalThis.TreeNode = TreeNode;
({ parse: JSON.parse, ListNode, TreeNode });
`;
const prelude = new vm.Script(`{${PRELUDE}}`, { filename: "prelude" });

function listFrom(values, realm) {
	return values.reduceRight((next, value) => new realm.ListNode(value, next), null);
}

// A tree given level by level, null for a missing child.
function treeFrom(values, realm) {
	if (values.length === 0 || values[0] === null)
		return null;
	const nodes = [new realm.TreeNode(values[0])];
	for (let i = 1, parent = 0; i < values.length; i += 2, parent++) {
		["left", "right"].forEach((side, offset) => {
			const value = values[i + offset];
			if (value === null || value === undefined)
				return;
			nodes[parent][side] = new realm.TreeNode(value);
			nodes.push(nodes[parent][side]);
		});
	}
	return nodes[0];
}

function argument(value, type, realm) {
	if (type.endsWith("[]")) {
		value.forEach((item, i) => { value[i] = argument(item, type.slice(0, -2), realm); });
		return value;
	}
	if (type === "list_node")
		return listFrom(value ?? [], realm);
	return type === "tree_node" ? treeFrom(value ?? [], realm) : value;
}

function listValues(head) {
	const values = [];
	for (; head !== null && head !== undefined; head = head.next) {
		if (values.push(head.val) > MAX_NODES)
			throw new NoAnswer("the list is too long or has a cycle");
	}
	return values;
}

function treeValues(root) {
	const nodes = [root];
	for (let i = 0; i < nodes.length; i++) {
		if (i > MAX_NODES)
			throw new NoAnswer("the tree is too large or has a cycle");
		if (nodes[i])
			nodes.push(nodes[i].left, nodes[i].right);
	}
	const values = nodes.map(node => node ? node.val : null);
	while (values.length > 0 && values[values.length - 1] === null)
		values.pop();
	return values;
}

// Nodes as arrays; all else stays, whatever the signature promised.
function result(value, type) {
	if (type.endsWith("[]") && Array.isArray(value))
		return value.map(item => result(item, type.slice(0, -2)));
	if (type === "list_node" && !Array.isArray(value))
		return listValues(value);
	return type === "tree_node" && !Array.isArray(value) ? treeValues(value) : value;
}

// --- a test -------------------------------------------------------------------

// setTimeout and its like, with a way to stop all that a test has started.
function timers() {
	const stops = [];
	const tracked = (start, stop) => (...args) => {
		const handle = start(...args);
		stops.push(() => stop(handle));
		return handle;
	};
	const given = {
		setTimeout: tracked(setTimeout, clearTimeout),
		setInterval: tracked(setInterval, clearInterval),
		setImmediate: tracked(setImmediate, clearImmediate),
		clearTimeout, clearInterval, clearImmediate,
	};
	return { given, stop: () => stops.forEach(stop => stop()) };
}

function requireBuiltin(name) {
	if (!BUILTINS.has(name.replace(/^node:/, "")))
		throw new Error(`Cannot find module '${name}'`);
	return require(name);
}

function output(descriptor) {
	return new Writable({
		decodeStrings: true,
		write(chunk, encoding, done) {
			writeAll(descriptor, chunk);
			done();
		},
	});
}

function newContext(given) {
	const module = { exports: {} };
	const streams = { stdout: { value: output(1) }, stderr: { value: output(2) } };
	const ownProcess = Object.create(process, streams);
	const context = vm.createContext({
		console: new Console(ownProcess.stdout, ownProcess.stderr), process: ownProcess,
		require: requireBuiltin, module, exports: module.exports, Buffer,
		queueMicrotask, structuredClone, performance, URL, URLSearchParams, TextEncoder,
		TextDecoder, AbortController, AbortSignal, Event, EventTarget, atob, btoa, ...given,
	});
	context.global = context;
	return context;
}

function functionOf(context, name) {
	const found = vm.runInContext(`typeof ${name} === "function" ? ${name} : undefined`, context);
	const exported = context.module?.exports;
	const chosen = [found, exported?.[name], exported].find(item => typeof item === "function");
	if (chosen === undefined)
		throw new ReferenceError(`the function ${name} is not defined`);
	return chosen;
}

async function call(script, input, given) {
	const context = newContext(given);
	const realm = prelude.runInContext(context);
	const job = JSON.parse(input);
	const args = realm.parse(JSON.stringify(job.args));
	const argTypes = job.types ?? args.map(() => "");
	argTypes.forEach((type, i) => { args[i] = argument(args[i], type, realm); });
	script.runInContext(context);
	const value = await functionOf(context, job.function)(...args);
	return job.in_place ? result(args[0], argTypes[0]) : result(value, job.returns);
}

// The text of the answer frame. What is thrown in a timer, or an unsettled promise that
// nothing can settle any more, ends the test, too.
function answer(script, input) {
	const { given, stop } = timers();
	return new Promise(resolve => {
		const fail = error => resolve(faultText(error));
		process.on("uncaughtException", fail);
		// In a turn of its own, or the loop would not come back for the next test.
		process.on("beforeExit", () => setImmediate(fail, new NoAnswer("the promise was never settled")));
		call(script, input, given).then(value => resolve(`{"ok":${jsonText(value)}}`)).catch(fail);
	}).finally(() => {
		stop();
		process.removeAllListeners("uncaughtException");
		process.removeAllListeners("beforeExit");
	});
}

function compiled() {
	const source = readFileSync(`${__dirname}/${SOLUTION}`, "utf8");
	try {
		return { script: new vm.Script(source, { filename: SOLUTION }) };
	} catch (error) {
		return { refusal: faultText(error, true) };
	}
}

async function serve() {
	const { script, refusal } = compiled();
	for (let input = receive(); input !== null; input = receive())
		send(refusal ?? await answer(script, input));
	process.exit(0);
}

serve();
