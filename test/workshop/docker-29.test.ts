import {readFileSync} from 'node:fs';
import test from 'ava';
import {toString as textOf} from 'mdast-util-to-string';
import {parseMarkdown, selectBody} from '../../source/workshop/markdown.js';

/** A chapter as learners with this CLI read it. */
const chapter = (file: string, cli: number): string =>
	textOf(
		selectBody(parseMarkdown(readFileSync(`workshops/multi-stage/${file}`, 'utf8')), {
			store: 'graphdriver',
			cli,
			shell: 'sh',
		}),
	);

// What `docker image ls` of CLI 29 lists is read from its source, not from a run.
for (const [file, before, from29] of [
	[
		'03-multi-stage-dockerfiles.md',
		/as <none>\.docker image ls -f dangling/,
		/as <untagged>\.docker image ls --all -f dangling/,
	],
	['04-buildkit.md', /^/, /sizes under DISK USAGE/],
	['07-go-application.md', /^/, /two columns of sizes/],
] as const) {
	test(`${file} speaks of the table that the learner's own docker prints`, t => {
		t.regex(chapter(file, 28), before);
		t.notRegex(chapter(file, 28), /<untagged>|DISK USAGE|CONTENT SIZE/);
		t.regex(chapter(file, 29), from29);
		t.notRegex(chapter(file, 29), /<none>/);
	});
}
