import { createHash } from "node:crypto";
import type { Actor } from "../../../domain/actor.ts";
import { Problem } from "../problem.ts";
import { sameSecret } from "../secrets.ts";

/** The `Authorization` header of a request to who is calling, or a problem. */
export type Gate = (authorization: string | undefined) => Actor;

const BEARER = /^Bearer +(?<token>[\w.~+/=-]+) *$/i;

/**
 * Any of the configured tokens opens the API. All of them are compared, each in constant time, so that an answer's duration
 * tells nothing. Without a configured token nobody comes in.
 */
export const createGate =
  (tokens: readonly string[]): Gate =>
  (authorization) => {
    if (tokens.length === 0) {
      throw closed("API_TOKENS is not set, so nobody can use this API: set it and start paythread again.");
    }
    const given = BEARER.exec(authorization ?? "")?.groups?.["token"];
    if (given === undefined) throw closed("Send a token in the header Authorization: Bearer …");
    if (tokens.filter((token) => sameSecret(token, given)).length === 0) {
      throw closed("This token is not one of API_TOKENS.", ', error="invalid_token"');
    }
    return apiActor(given);
  };

/** A token is known in the audit by the beginning of its hash: it tells tokens apart and does not open anything. */
const apiActor = (token: string): Actor => ({
  kind: "api",
  id: `api:${createHash("sha256").update(token).digest("hex").slice(0, 8)}`,
  name: "API",
});

const closed = (detail: string, reason = ""): Problem =>
  new Problem("unauthorized", detail, { headers: { "www-authenticate": `Bearer realm="paythread"${reason}` } });
