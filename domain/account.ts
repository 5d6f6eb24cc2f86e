/** The account of a merchant who has one with a provider. */
export const MAIN_ACCOUNT = "main";

/** A provider's account as a policy and a case write it: the account only where it is another than the main one. */
export const accountName = (provider: string, account: string): string =>
  account === MAIN_ACCOUNT ? provider : `${provider}/${account}`;
