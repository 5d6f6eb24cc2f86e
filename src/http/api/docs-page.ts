import { createHash } from "node:crypto";
import { html } from "ghtml";
import { type ProblemCode, PROBLEMS } from "../problem.ts";
import type { describeApi } from "./document.ts";

type Document = ReturnType<typeof describeApi>;
type Operation = NonNullable<NonNullable<Document["paths"]>[string]["get"]>;

const STYLE = `body { margin: 2rem auto; max-width: 52rem; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif; }
pre { overflow-x: auto; padding: 0.75rem; border: 1px solid #8886; border-radius: 0.4rem; font-size: 0.85rem; }
table { border-collapse: collapse; } th, td { text-align: left; padding: 0.2rem 1rem 0.2rem 0; vertical-align: top; }
:root { color-scheme: light dark; }`;

/** The page needs nothing but its own style, and may do nothing else. */
export const DOCS_HEADERS = {
  "content-security-policy": [
    "default-src 'none'",
    `style-src 'sha256-${createHash("sha256").update(STYLE).digest("base64")}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; "),
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
} as const;

/** The API's documentation for people: the same document, laid out on one page. */
export const docsPage = (document: Document): string =>
  html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${document.info.title} API</title>
        <style>
          !${STYLE}
        </style>
      </head>
      <body>
        <h1>${document.info.title} API</h1>
        <p>${document.info.description}</p>
        <p>Send <code>Authorization: Bearer …</code> with one of <code>API_TOKENS</code>.</p>
        <p><a href="/api/docs.json">OpenAPI ${document.openapi} as JSON</a></p>
        !${operationsOf(document).map(operationSection)}
        <h2>Errors</h2>
        <table>
          <tr>
            <th>code</th>
            <th>status</th>
            <th>meaning</th>
          </tr>
          !${Object.keys(PROBLEMS).filter(isCode).map(problemRow)}
        </table>
        <h2>Shapes</h2>
        !${Object.entries(document.components?.schemas ?? {}).map(shapeSection)}
      </body>
    </html>`;

type Listed = { readonly method: string; readonly path: string; readonly operation: Operation };

const operationsOf = ({ paths }: Document): readonly Listed[] =>
  Object.entries(paths ?? {}).flatMap(([path, { put, get, post }]) =>
    Object.entries({ PUT: put, GET: get, POST: post }).flatMap(([method, operation]) =>
      operation ? [{ method, path, operation }] : [],
    ),
  );

const operationSection = ({ method, path, operation }: Listed): string =>
  html`<h2 id="${operation.operationId}"><code>${method} ${path}</code></h2>
    <p>${operation.summary}. ${operation.description ?? ""}</p>
    <pre>${JSON.stringify({ parameters: operation.parameters, responses: namesOf(operation) }, null, 2)}</pre>`;

const namesOf = ({ responses }: Operation): object =>
  Object.fromEntries(
    Object.entries(responses ?? {}).map(([status, response]) => [
      status,
      "description" in response ? response.description : "",
    ]),
  );

const isCode = (text: string): text is ProblemCode => Object.hasOwn(PROBLEMS, text);

const problemRow = (code: ProblemCode): string =>
  html`<tr id="${code}">
    <td><code>${code}</code></td>
    <td>${PROBLEMS[code].status}</td>
    <td>${PROBLEMS[code].title}</td>
  </tr>`;

const shapeSection = ([name, schema]: [string, unknown]): string =>
  html`<h3 id="shape-${name}">${name}</h3>
    <pre>${JSON.stringify(schema, null, 2)}</pre>`;
