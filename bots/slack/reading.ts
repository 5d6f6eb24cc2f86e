import type { Locale } from "../../domain/locale.ts";
import { sayBadGrammar, sayHelp } from "../../domain/words/help.ts";
import type { Reading } from "../ask.ts";

/** Help, or what could not be understood. An empty line gets help. */
export const sayReading = (reading: Reading, locale: Locale): string =>
  typeof reading === "object" && "problem" in reading
    ? sayBadGrammar(reading.problem, locale, { word: reading.word })
    : sayHelp(locale);
