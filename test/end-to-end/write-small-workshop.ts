import path from 'node:path';
import {temporaryFolder} from '../tools/child-environment.js';
import {trust} from '../tools/trust.js';
import {writeFiles} from '../tools/write-files.js';

const check = (kind: string, finding: string) =>
	`  - {check: ${kind}, finding: ${finding}, hint: Look again.}\n`;

const step = (title: string, keys: string, checks: string, rest: string) =>
	`## ${title}\n\n<!-- step\n${keys}\nchecks:\n${checks}-->\n\n${rest}\n`;

const command = (line: string) => `\`\`\`sh run\n${line}\n\`\`\`\n`;

/**
 * Writes the smallest workshop that asks an engine for all that there is: its chapter `small` builds with BuildKit and
 * runs what was built, and its chapter `try` is a challenge. Returns the arguments that name it and trust it.
 */
export const writeSmallWorkshop = (): {named: string[]; trusted: string[]} => {
	const folder = path.join(temporaryFolder(), 'small');
	writeFiles(folder, {
		'workshop.md':
			'---\nformat: 1\nid: small\ntitle: Small\nminutes: 1\nimages: [alpine:3.13]\ncontexts: [app]\n---\n\nSmall.\n',
		'01-small.md': `# Small\n\n${step(
			'Build',
			'id: build\nkind: run\nbuilder: buildkit',
			check('stages, done: [words, final], skipped: [unused]', 'wrong-stages'),
			command('docker build --no-cache -t small ./app'),
		)}${step(
			'Run',
			'id: run\nkind: run\nneeds: [build]',
			check('stdout, has: [hello]', 'other-words'),
			command('docker run small'),
		)}`,
		'02-try.md': `# Try\n\n${step(
			'Try',
			'id: try\nkind: challenge\nneeds: [build]',
			check('container, name: waits, state: running', 'not-waiting'),
			'Start it.\n\n<details><summary>Solution</summary>\n\nDo it.\n\n</details>\n',
		)}`,
		'app/Dockerfile':
			'FROM alpine:3.13 AS words\nRUN echo hello > /words\n\nFROM words AS unused\nRUN false\n\nFROM words\nCMD ["cat", "/words"]\n',
		'solutions/try/run.yaml':
			'finding: passed\ncommands:\n  - [docker, run, -d, --name, waits, small, sleep, "60"]\n',
	});
	const named = ['--workshop', folder];
	return {named, trusted: [...named, ...trust(folder)]};
};
