// What the two ways to run JavaScript have in common: the frame on descriptor 4, and how an
// exception stands in it.
"use strict";

const { writeSync } = require("fs"); // before a solution can replace it
const util = require("util");

const SOLUTION = "solution.js";
const MAX_MESSAGE = 2000;
const MAX_NAME = 200;

// What the function returned cannot be an answer.
class NoAnswer extends Error {}

function writeAll(descriptor, buffer) {
	for (let done = 0; done < buffer.length;)
		done += writeSync(descriptor, buffer, done);
}

function send(text) {
	const frame = Buffer.alloc(4 + Buffer.byteLength(text));
	frame.writeUInt32BE(frame.length - 4, 0);
	frame.write(text, 4);
	writeAll(4, frame);
}

function lineOf(error) {
	const match = /\bsolution\.js:(\d+)/.exec(String(error.stack));
	return match === null ? 0 : Number(match[1]);
}

function fault(error) {
	if (error instanceof NoAnswer)
		return { exc: "NoAnswer", msg: error.message, line: 0 };
	if (error !== null && typeof error === "object" && "message" in error)
		return { exc: String(error.name), msg: String(error.message), line: lineOf(error) };
	const text = typeof error === "string" ? error : util.inspect(error);
	return { exc: "Uncaught", msg: text, line: 0 };
}

// What was thrown, be it what it may, as the text of a frame.
function faultText(error, isCompile = false) {
	let parts = { exc: "Error", msg: "(an exception whose text cannot be read)", line: 0 };
	try {
		parts = fault(error);
	} catch {
		// It throws when it is looked at.
	}
	const clean = (text, length) => text.slice(0, length).replace(/\p{Cs}|\0/gu, "\ufffd");
	const text = { exc: clean(parts.exc, MAX_NAME), msg: clean(parts.msg, MAX_MESSAGE) };
	return JSON.stringify({ ...text, line: parts.line, compile: isCompile || undefined });
}

module.exports = { NoAnswer, SOLUTION, faultText, send, writeAll };
