// The CVs of tests/data/cvs as PDF files, printed by the browser.
import { readdirSync, readFileSync } from "node:fs";

const folder = new URL("../data/cvs/", import.meta.url);
const layouts = readFileSync(new URL("layouts.css", folder), "utf8");

// What each CV tells: [{ name, language, html, position, level, years, technologies, also }].
export const cvs = readdirSync(folder)
  .filter((file) => file.endsWith(".html"))
  .map((file) => {
    const html = readFileSync(new URL(file, folder), "utf8");
    const [, name, language] = file.match(/^(.*)\.(\w+)\.html$/);
    return { also: [], ...JSON.parse(html.match(/^<!-- ([^]*?) -->/)[1]), name, language, html };
  });

// Prints HTML to PDF.
export async function printed(browser, html) {
  const page = await browser.newPage();
  await page.setContent(`<style>${layouts}</style>${html}`);
  const pdf = await page.pdf({ preferCSSPageSize: true });
  await page.close();
  return pdf;
}
