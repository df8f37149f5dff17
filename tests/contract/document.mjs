// The document of the API as the tests need it: its operations, and checks of what it says.
import { readFileSync } from "node:fs";
import addFormats from "ajv-formats";
import Ajv from "ajv/dist/2020.js";
import { parse } from "yaml";

export const file = new URL("../../openapi.yaml", import.meta.url).pathname;
export const document = parse(readFileSync(file, "utf8"));

const METHODS = ["get", "post", "put", "patch", "delete"];

// What a reference stands for; anything else is itself.
export function resolve(value) {
  if (typeof value?.$ref !== "string") {
    return value;
  }
  return resolve(value.$ref.slice(2).split("/").reduce((at, name) => at[name], document));
}

// [{ id, method, path, security, parameters, body, responses }]; body is a schema or undefined.
export const operations = Object.entries(document.paths).flatMap(([path, item]) =>
  METHODS.filter((method) => item[method]).map((method) => {
    const operation = item[method];
    const content = resolve(operation.requestBody)?.content["application/json"];
    return {
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      isOpen: operation.security?.length === 0,
      parameters: [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(resolve),
      body: content?.schema,
      responses: operation.responses,
    };
  }));

export const operationOf = (id) => operations.find((operation) => operation.id === id);

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
ajv.addSchema({ $id: "document", ...document });

// Why `value` is not as the schema of that name says; "" when it is.
export function faultsOf(name, value) {
  const validate = ajv.getSchema(`document#/components/schemas/${name}`);
  return validate(value) ? "" : ajv.errorsText(validate.errors);
}
