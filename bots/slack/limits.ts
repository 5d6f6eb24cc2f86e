/**
 * How much Slack takes, in UTF-16 units, and what we allow ourselves below that. How Slack counts is not documented: an
 * Armenian or Russian text must fit by any way of counting that we know of.
 */
export const LIMITS = {
  header: 150,
  section: 3000,
  buttonValue: 2000,
  accessibilityLabel: 75,
  /** Top-level text: what notifications and screen readers get. */
  text: 3000,
  /** All texts of one message's blocks together. */
  blockTexts: 6000,
  name: 100,
  sentence: 400,
  line: 1000,
} as const;

/** What a card shows of things that can be many. */
export const MOST = { sends: 5, cases: 4 } as const;
