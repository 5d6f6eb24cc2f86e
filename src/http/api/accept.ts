/** How much a client likes a media type, from its `Accept` header (RFC 9110, section 12.5.1): 0 to 1, exact names first. */
export function liking(accept: string, type: string): number {
  const [family = ""] = type.split("/");
  const ranges = accept.split(",").map(rangeOf);
  const named = [type, `${family}/*`, "*/*"].map((name) => ranges.find((range) => range.name === name));
  return named.find((range) => range !== undefined)?.quality ?? 0;
}

function rangeOf(text: string): { readonly name: string; readonly quality: number } {
  const [name = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = Number(parameters.find((one) => one.startsWith("q="))?.slice(2) ?? "1");
  return { name, quality: Number.isNaN(quality) ? 0 : quality };
}
