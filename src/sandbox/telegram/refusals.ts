export type ResponseParameters = { readonly retry_after?: number; readonly migrate_to_chat_id?: number };

/** Telegram says no: `{ ok: false, error_code, description, parameters? }`, with the same HTTP status. */
export class Refusal extends Error {
  readonly status: number;
  readonly parameters: ResponseParameters | undefined;

  constructor(status: number, description: string, parameters?: ResponseParameters) {
    super(description);
    this.name = "Refusal";
    this.status = status;
    this.parameters = parameters;
  }
}

/** The text gets its first letter lowered, unless it is a code in capitals such as BUTTON_DATA_INVALID. */
export const badRequest = (text: string, parameters?: ResponseParameters): Refusal =>
  new Refusal(400, `Bad Request: ${lowered(text)}`, parameters);

export const forbidden = (text: string): Refusal => new Refusal(403, `Forbidden: ${lowered(text)}`);

export const conflict = (text: string): Refusal => new Refusal(409, `Conflict: ${text}`);

export const tooMany = (seconds: number): Refusal =>
  new Refusal(429, `Too Many Requests: retry after ${seconds}`, { retry_after: seconds });

function lowered(text: string): string {
  const second = text.charAt(1);
  const code = second === second.toUpperCase() && second !== second.toLowerCase();
  return code || /^[A-Z]_/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1);
}
