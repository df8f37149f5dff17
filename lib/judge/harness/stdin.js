// Loaded before a JavaScript program that reads its input.
"use strict";

const fs = require("fs");
const { faultText, send } = require("./frame.js");

// A box has no /proc, and so nothing behind the /dev/stdin that such programs like to open.
for (const name of ["readFileSync", "openSync", "createReadStream", "readFile"]) {
	const original = fs[name];
	fs[name] = (path, ...rest) => {
		if (path !== "/dev/stdin")
			return original(path, ...rest);
		if (name === "openSync")
			return 0;
		return name === "createReadStream" ? process.stdin : original(0, ...rest);
	};
}

// Node still prints what was thrown and ends with a status of its own. Only a program that
// could not be read has a place in front of the error's name.
process.on("uncaughtExceptionMonitor", error => {
	const isCompile = error?.name === "SyntaxError" && String(error.stack).startsWith(`${__dirname}/`);
	send(faultText(error, isCompile));
});
