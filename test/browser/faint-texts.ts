/**
 * For `page.evaluate`: the texts whose colour is too near to what lies behind them (WCAG 2.2, 1.4.3: 4.5 to 1). Written as
 * text because it runs in the browser, of which the compiler knows nothing here.
 */
export const FAINT_TEXTS = `(() => {
  const LEAST = 4.5;
  const channels = (colour) => (colour.match(/[\\d.]+/g) ?? []).map(Number);
  const linear = (one) => (one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
  const light = (colour) => {
    const [red, green, blue] = channels(colour).map((one) => linear(one / 255));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    if (element === null) return "rgb(255, 255, 255)";
    const colour = getComputedStyle(element).backgroundColor;
    return channels(colour)[3] === 0 ? behind(element.parentElement) : colour;
  };
  const contrast = (element) => {
    const both = [light(getComputedStyle(element).color), light(behind(element))];
    return (Math.max(...both) + 0.05) / (Math.min(...both) + 0.05);
  };
  return [...document.querySelectorAll("h1, p, span, strong, small, dt, dd, a, button")]
    .filter((element) => element.textContent.trim() !== "" && contrast(element) < LEAST)
    .map((element) => element.tagName + ": " + element.textContent);
})()`;
