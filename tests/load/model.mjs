// The model of a load: plays every agent's part, its interviewer speaking forty words in two
// seconds. A program of its own, so that what it costs is not counted as the visitors'.
import { scriptedModel } from "../llm/model.mjs";

const server = await scriptedModel({ pieces: 40, pauseMs: 50 });
setInterval(() => (server.requests.length = 0), 1000); // nobody asks for them
console.log(server.url);
