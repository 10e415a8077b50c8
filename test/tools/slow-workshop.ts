import {randomBytes} from 'node:crypto';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {temporaryFolder} from './child-environment.js';

/** A workshop whose build outlasts any test. */
export type SlowWorkshop = {
	folder: string;
	/** Occurs only in the command lines of the build's processes on the engine and of the stubborn script. */
	token: string;
	title: string;
};

const chapter = (title: string, token: string) => `# Slow

## ${title}

<!-- step
id: build-slow
kind: run
-->

It takes its time.

\`\`\`sh run
docker build --no-cache -t slow ./slow
\`\`\`

## Run what does not listen

<!-- step
id: run-stubborn
kind: run
-->

It ignores polite signals.

\`\`\`sh run
sh slow/stubborn-${token}.sh
\`\`\`
`;

/** Writes the workshop to its own folder, with a new token each time. */
export const writeSlowWorkshop = (): SlowWorkshop => {
	const folder = temporaryFolder();
	const token = `token-${randomBytes(6).toString('hex')}`;
	const title = 'Build something slow';
	mkdirSync(path.join(folder, 'slow'));
	const write = (file: string, text: string) => writeFileSync(path.join(folder, file), text);
	const head =
		'format: 1\nid: slow\ntitle: A slow workshop\nminutes: 1\nimages: [alpine:3.13]\ncontexts: [slow]';
	write('workshop.md', `---\n${head}\n---\n\nOne build.\n`);
	write('01-slow.md', chapter(title, token));
	write(
		'slow/Dockerfile',
		`FROM alpine:3.13 AS slow\nRUN echo 'it has begun' && sleep 1000 && echo ${token}\n`,
	);
	write(`slow/stubborn-${token}.sh`, "trap '' TERM\necho 'it does not listen'\nwhile :; do sleep 1; done\n");
	return {folder, token, title};
};
