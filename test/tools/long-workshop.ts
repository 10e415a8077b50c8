import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {temporaryFolder} from './child-environment.js';

/** The number of lines that the stage `many` prints: their own numbers, from 1. */
export const longLineCount = 100_000;

const head =
	'format: 1\nid: long\ntitle: A long workshop\nminutes: 1\nimages: [alpine:3.13]\ncontexts: [long]';

const chapter = `# Long

## Build something long

<!-- step
id: build-long
kind: run
checks:
  - {check: exit, is: 0, finding: build-failed, hint: The build ended with an error.}
-->

One of its stages has much to say.

\`\`\`sh run
docker build --no-cache -t long ./long
\`\`\`
`;

/**
 * BuildKit limits an instruction's output to 1 MiB, and to 100 KiB a second: 5000 numbers every half a second stay
 * below.
 */
const dockerfile = `FROM alpine:3.13 AS few
RUN echo 'only this' > /few.txt && cat /few.txt

FROM alpine:3.13 AS many
RUN from=1; while [ $from -lt ${longLineCount} ]; do seq $from $((from + 4999)); from=$((from + 5000)); sleep 0.5; done; touch /many.txt

FROM alpine:3.13
COPY --from=few /few.txt /
COPY --from=many /many.txt /
`;

/** Creates a workshop in its own folder, with one build of which a stage prints 100,000 lines. */
export const writeLongWorkshop = (): string => {
	const folder = temporaryFolder();
	mkdirSync(path.join(folder, 'long'));
	writeFileSync(path.join(folder, 'workshop.md'), `---\n${head}\n---\n\nOne build.\n`);
	writeFileSync(path.join(folder, '01-long.md'), chapter);
	writeFileSync(path.join(folder, 'long', 'Dockerfile'), dockerfile);
	return folder;
};
