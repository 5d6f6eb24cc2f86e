export type Body = Record<string, unknown>;

type Headers = Readonly<Record<string, string>>;

export type Json = { readonly is: "json"; readonly status: number; readonly body: Body; readonly headers: Headers };

/** What a stand-in does with a call: a JSON answer, something else in its place, or nothing. */
export type CallAnswer =
  | Json
  /** A page, or JSON that breaks off. */
  | {
      readonly is: "text";
      readonly status: number;
      readonly type: "application/json" | "text/html";
      readonly text: string;
      readonly headers: Headers;
    }
  /** The connection breaks instead of an answer, or stays open without one. */
  | { readonly is: "cut" | "hang" }
  /** An honest answer of which one byte comes at a time. */
  | { readonly is: "drip"; readonly status: number; readonly text: string; readonly everyMs: number }
  /** It begins like an answer and does not end. */
  | { readonly is: "flood"; readonly status: number };

export const json = (status: number, body: Body, headers: Headers = {}): Json => ({
  is: "json",
  status,
  body,
  headers,
});

/** What stands before a provider answers with a page and not with JSON. */
export const page = (status: number, words: string, headers: Headers = {}): CallAnswer => ({
  is: "text",
  status,
  type: "text/html",
  text: `<html><body><h1>${status}</h1>${words}</body></html>`,
  headers,
});
