import { LogLevel } from "@slack/web-api";
import type { Logger } from "pino";

/** Bolt's logger takes any number of arguments; pino wants one object and one text. Levels are pino's affair. */
export function boltLogger(log: Logger) {
  const write =
    (level: "info" | "warn" | "error") =>
    (...words: unknown[]): void => {
      const error = words.find((word) => word instanceof Error);
      const text = words
        .filter((word) => word !== error)
        .map(String)
        .join(" ");
      log[level]({ ...(error ? { err: error } : {}), component: "slack" }, text);
    };
  return {
    // Never: Slack's debug lines hold whole messages and addresses that are capabilities.
    debug: (): void => undefined,
    info: write("info"),
    warn: write("warn"),
    error: write("error"),
    setLevel: (): void => undefined,
    setName: (): void => undefined,
    getLevel: () => LogLevel.INFO,
  };
}
