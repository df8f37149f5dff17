// The part of the tour about reports that prove themselves.

// As the owner of the report at that address.
export async function tourOfShares(visitor, address, look) {
  const { page } = visitor;
  await page.goto(`${address}/share`);
  await look("share, no link");
  for (const scope of ["numbers", "transcript"]) {
    await page.selectOption("#scope", scope);
    await page.click("main form.card button");
    await page.waitForSelector(`.share:has(input[value*="/shared/"])`);
  }
  await look("share");
  const links = await page.locator('input[value*="/shared/"]').evaluateAll((inputs) => inputs.map(({ value }) => value));
  for (const [i, link] of links.entries()) {
    await page.goto(link);
    await look(`shared ${i + 1}`);
  }
}

// As anybody.
export async function tourOfProof(visitor, look) {
  const { page } = visitor;
  await page.goto("/verify");
  await page.waitForSelector("#verify[data-ready]");
  await page.setInputFiles("#file", { name: "report.json", mimeType: "application/json", buffer: Buffer.from("{}") });
  await page.click("#verify button");
  await page.waitForSelector("[data-state=unsigned]:visible");
  await look("check a report");
  visitor.allow(" 404 ", "/shared/none");
  await page.goto("/shared/none");
  await look("a link that opens nothing", 404);
}
