// Drives the pages: node pages.mjs ADDRESS [FOLDER FOR PICTURES]. Ends with the number of checks, or with what failed.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [address, shots] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const profile = mkdtempSync(join(tmpdir(), "attache-browser-"));
const options = {
  executablePath: "/usr/bin/chromium",
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"],
};
let passed = 0;
const failures = [];
function check(what, holds, more = "") {
  if (holds) passed += 1;
  else failures.push(`${what} ${more}`);
}

const context = await chromium.launchPersistentContext(profile, options);
const page = await context.newPage();
const complaints = [];
page.on("console", (message) => { if (message.type() === "error") complaints.push(message.text()); });
page.on("pageerror", (error) => complaints.push(String(error)));
page.on("request", (request) => { if (!request.url().startsWith(address)) complaints.push(`asked ${request.url()}`); });

// Axe is put in through the debugger, which the page's own policy does not bind.
async function look(name) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run());
  const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
  check(`${name}: barriers`, serious.length === 0,
    JSON.stringify(serious.map(({ id, nodes }) => [id, nodes.slice(0, 2).map(({ html, failureSummary }) => [html, failureSummary])])));
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  check(`${name}: fits the screen`, !wide);
  const out = await page.evaluate(() => [...document.querySelectorAll(".field > *")]
    .filter((part) => part.getBoundingClientRect().right > part.parentElement.getBoundingClientRect().right + 1)
    .map(({ id }) => id));
  check(`${name}: fields keep to their places`, out.length === 0, out.join(" "));
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
}

async function tour(prefix) {
  for (const [name, path] of [["start", "/"], ["search", "/search?q=treaty"], ["speaker", speaker], ["statement", statement],
    ["article", "/articles/1"], ["corrections", "/corrections"], ["try", "/try?sample"]]) {
    await page.goto(address + path);
    await look(`${prefix}-${name}`);
  }
}

let speaker = "/";
let statement = "/";
try {
  await page.setViewportSize({ width: 1200, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  await page.goto(`${address}/`);
  await page.getByLabel("Words").fill("treaty");
  await page.getByRole("button", { name: "Search" }).click();
  await page.waitForURL(/\/search\?.*q=treaty/);
  const all = await page.locator(".hit").count();
  check("search finds", all > 1);
  check("search marks", (await page.locator(".hit mark").first().innerText()).toLowerCase() === "treaty");
  await page.locator(".facets a", { hasText: "Danube Wire" }).click();
  await page.waitForURL(/outlet=Danube/);
  const fewer = await page.locator(".hit").count();
  check("a filter narrows down", fewer > 0 && fewer < all, `${fewer} of ${all}`);
  statement = await page.locator(".hit a", { hasText: "statement" }).first().getAttribute("href");
  speaker = await page.locator(".hit .who a").first().getAttribute("href");

  await page.goto(`${address}/articles/1`);
  const quote = page.locator("a.quote").first();
  await quote.hover();
  check("a card at the pointer", (await page.locator(".hover").innerText()).includes("Confidence"));
  await page.keyboard.press("Escape");
  check("Escape hides it", (await page.locator(".hover").count()) === 0);
  await page.mouse.move(0, 0);
  await quote.focus();
  check("a card at the keyboard", (await page.locator(".hover").count()) === 1);
  if (shots) await page.screenshot({ path: join(shots, "card.png") });
  await page.keyboard.press("Enter");
  check("Enter leads to the card", /#quote-\d+$/.test(page.url()));
  await page.getByLabel("sentences").check();
  check("sentences on demand", await page.locator(".number").first().isVisible());

  const card = page.locator(".card").first();
  await card.locator("summary").click();
  await card.getByLabel("Said by").fill("Ilse Brandauer");
  await card.getByRole("button", { name: "Save" }).click();
  await page.waitForURL(/\/articles\/1$/);
  check("a correction shows", (await page.locator(".card").first().innerText()).includes("Ilse Brandauer"));
  await page.goto(`${address}/corrections`);
  await page.getByRole("button", { name: "Take back" }).first().click();
  await page.goto(`${address}/articles/1`);
  check("and is taken back", !(await page.locator(".card").first().innerText()).includes("Ilse Brandauer"));

  await page.goto(`${address}/try`);
  await page.getByLabel("Article").fill("“We are ready,” Elena Marsh said in Berlin.");
  await page.getByRole("button", { name: "Read it" }).click();
  check("the form marks", (await page.locator("a.quote").first().innerText()).includes("We are ready"));
  await page.locator(".json summary").click();
  check("the record is there", JSON.parse(await page.locator("#json").innerText()).quotes.length === 1);
  await page.getByRole("button", { name: "Copy" }).click();
  await page.locator(".json button", { hasText: /Copied|Selected/ }).waitFor({ timeout: 5000 });

  await tour("light");
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  check("dark is darker", light !== dark, `${light} ${dark}`);
  await tour("dark");
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 360, height: 740 });
  await tour("narrow");
  check("nothing complains", complaints.length === 0, complaints.join("; "));
} catch (error) {
  failures.push(String(error));
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}

// The form works without script.
const plain = await chromium.launch(options);
try {
  const still = await (await plain.newContext({ javaScriptEnabled: false })).newPage();
  await still.goto(`${address}/try?sample`);
  await still.getByRole("button", { name: "Read it" }).click();
  check("without script", (await still.locator("a.quote").count()) > 2);
} catch (error) {
  failures.push(String(error));
} finally {
  await plain.close();
}

for (const failure of failures) console.log(`FAILED ${failure}`);
console.log(`browser: ${passed} passed, ${failures.length} failed`);
process.exit(failures.length === 0 ? 0 : 1);
