/**
 * How much Slack takes, from its reference pages. Where those disagree with each other the smaller number stands here.
 * Lengths are UTF-16 units: how Slack itself counts is not documented.
 */
export const LIMITS = {
  /** chat.update and chat.postEphemeral refuse a longer text; chat.postMessage takes it and cuts at `cutText`. */
  text: 4_000,
  cutText: 40_000,
  messageBlocks: 50,
  /** All texts of all blocks of one message together (found by developers, not documented). */
  blockText: 13_200,
  /** Slack names no number: generous for the ids that belong there. */
  metadataBytes: 16_000,
  viewBlocks: 100,
  viewBytes: 250_000,
  viewTitle: 24,
  viewStack: 3,
  privateMetadata: 3_000,
  identifier: 255,
  sectionText: 3_000,
  sectionFields: 10,
  fieldText: 2_000,
  header: 150,
  markdown: 12_000,
  contextElements: 10,
  actionElements: 25,
  label: 2_000,
  buttonText: 75,
  buttonValue: 2_000,
  address: 3_000,
  accessibilityLabel: 75,
  placeholder: 150,
  options: 100,
  overflowOptions: 5,
  radioOptions: 10,
  optionText: 75,
  optionValue: 75,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  inputLength: 3_000,
} as const;

/** Calls a minute for one (team, method): Slack's tiers. `special` is "hundreds a minute". */
export const TIERS = { t2: 20, t3: 50, t4: 100, special: 300 } as const;

/** Posts into one channel: about one a second, a short burst passes. */
export const CHANNEL_POSTS = { perMinute: 60, burst: 5 } as const;

/** How long things live, in milliseconds. */
export const LIFETIMES = { trigger: 3_000, responseUrl: 30 * 60_000, acknowledgement: 3_000 } as const;

export const RESPONSE_URL_USES = 5;
