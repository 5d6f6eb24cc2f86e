// JavaScript, alone here: it runs before the compile cache is on, and stripping even one file of types costs 0.15 s.
import { enableCompileCache } from "node:module";

// The second start need neither strip nor compile what the first one has.
enableCompileCache();

const { start } = await import("./start.ts");
await start();
