import { Readable } from "node:stream";
import type { FastifyReply } from "fastify";
import type { CallAnswer } from "./answers.ts";

/** Answers a call, or does what comes in place of an answer. */
export function send(reply: FastifyReply, answer: CallAnswer): FastifyReply {
  switch (answer.is) {
    case "json":
      return reply.code(answer.status).headers(answer.headers).send(answer.body);
    case "text":
      return reply.code(answer.status).headers(answer.headers).type(answer.type).send(answer.text);
    case "cut":
      reply.hijack();
      reply.raw.destroy();
      return reply;
    case "hang":
      return reply.hijack();
    case "drip":
      drip(begun(reply, answer.status), answer);
      return reply;
    case "flood":
      // What is left of it goes nowhere once the other side has hung up.
      Readable.from(flood())
        .on("error", () => undefined)
        .pipe(begun(reply, answer.status));
      return reply;
  }
}

function begun(reply: FastifyReply, status: number): FastifyReply["raw"] {
  reply.hijack();
  return reply.raw.writeHead(status, { "content-type": "application/json" });
}

function drip(raw: FastifyReply["raw"], { text, everyMs }: Extract<CallAnswer, { is: "drip" }>): void {
  const bytes = Buffer.from(text);
  let sent = 0;
  const timer = setInterval(() => {
    raw.write(bytes.subarray(sent, sent + 1));
    sent += 1;
    if (sent >= bytes.length) raw.end();
  }, everyMs);
  raw.once("close", () => clearInterval(timer));
}

const CHUNK = "x".repeat(64 * 1024);

function* flood(): Generator<string> {
  yield '{"padding":"';
  for (;;) yield CHUNK;
}
