import type { FastifyRequest } from "fastify";
import { Problem } from "../problem.ts";

const JSON_TYPE = /^application\/json\s*(?:;|$)/i;

/** The JSON of a body that the server handed over as bytes. */
export function jsonBody({ headers, body }: FastifyRequest): unknown {
  if (!JSON_TYPE.test(headers["content-type"] ?? "")) {
    throw new Problem("unsupported_media_type", "Send the body with the header Content-Type: application/json.");
  }
  if (!(body instanceof Uint8Array) || body.length === 0) throw new Problem("invalid_json", "The body is empty.");
  return parse(decode(body));
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("invalid_json", "The body is not UTF-8. JSON is sent in UTF-8.");
  }
}

/** The parser's own message is not passed on: it repeats what was sent. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem("invalid_json", "The body is not valid JSON: check quotes, commas and brackets.");
  }
}
