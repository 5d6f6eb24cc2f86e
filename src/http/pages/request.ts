import type { FastifyRequest } from "fastify";
import { z } from "zod";
import { type Locale, LOCALES } from "../../../domain/locale.ts";
import type { LanguageWishes } from "./language.ts";

const PATH = z.object({ token: z.string().regex(/^[\w-]{1,100}$/) });
const LANGUAGE = z.object({ lang: z.enum(LOCALES) });
const VERSION = z.object({ v: z.string() });

/** The secret part of the address; undefined when it cannot be one, so that nobody is asked about nonsense. */
export const tokenOf = ({ params }: FastifyRequest): string | undefined => PATH.safeParse(params).data?.token;

export const chosenLanguage = ({ query }: FastifyRequest): Locale | null =>
  LANGUAGE.safeParse(query).data?.lang ?? null;

export const versionAsked = ({ query }: FastifyRequest): string | undefined => VERSION.safeParse(query).data?.v;

/** What the request itself says about the language. */
export const wishesOf = (request: FastifyRequest): Omit<LanguageWishes, "known"> => ({
  chosen: chosenLanguage(request),
  accepted: request.headers["accept-language"] ?? "",
});

/**
 * Whether the press came from a page of another site. The browser says so itself in `Sec-Fetch-Site`; `Origin` cannot be
 * used, because a page without referrer posts `Origin: null` even to its own site.
 */
export const fromAnotherSite = ({ headers }: FastifyRequest): boolean => headers["sec-fetch-site"] === "cross-site";
