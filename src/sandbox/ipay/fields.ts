/** A form as it arrived: every value a text. */
export type Fields = Readonly<Record<string, string | undefined>>;

export const readForm = (text: string): Fields => Object.fromEntries(new URLSearchParams(text));

/** The fields of a body that was read as a form; none for any other. */
export const fieldsOf = (body: unknown): Fields =>
  typeof body === "object" && body !== null
    ? Object.fromEntries(Object.entries(body).filter((pair): pair is [string, string] => typeof pair[1] === "string"))
    : {};
