import test from 'ava';
import {breaks, replace, write} from './lint/breaks.js';

test(
	'a chapter without a title',
	breaks,
	replace('01-first.md', '# First\n', ''),
	'01-first.md:1:1 a chapter must begin with its title: `# …`',
);
test(
	'a chapter with two titles',
	breaks,
	replace('01-first.md', 'Two stages.', '# Second title'),
	'01-first.md:12:1 a chapter can have only one title, and this is a second one',
);
test(
	'a chapter without a step',
	breaks,
	write('03-third.md', '# Third\n\nText.\n'),
	'03-third.md:1:1 a chapter needs at least one step: a `## title`',
);
test(
	'a step without its comment',
	breaks,
	replace('02-second.md', '## Say it', '## Wait\n\n## Say it'),
	'02-second.md:32:1 a `<!-- step … -->` comment must stand right below the title of a step',
);
test(
	'a step without a title',
	breaks,
	replace('02-second.md', '## Stop it', '##'),
	'02-second.md:18:1 the title of a step is empty',
);
test(
	'a comment that is not closed',
	breaks,
	replace('02-second.md', 'is running.}\n-->', 'is running.}'),
	'02-second.md:34:1 the comment `<!-- step` is not closed: `-->` is missing',
);
test(
	'YAML that can’t be read',
	breaks,
	replace('01-first.md', 'needs: [read-it]', 'needs: [read-it'),
	'01-first.md:30:1 the closing `]` is missing before this line',
);
test(
	'a key of a step twice',
	breaks,
	replace('01-first.md', 'needs: [read-it]', 'kind: run'),
	'01-first.md:29:1 this key is repeated',
);
test(
	'a key of a step is missing',
	breaks,
	replace('01-first.md', 'kind: read\n', ''),
	'01-first.md:6:1 `kind` is missing',
);
test(
	'an unknown key of a step',
	breaks,
	replace('01-first.md', 'kind: read\n', 'kind: read\nneed: []\n'),
	'01-first.md:8:1 there is no key `need` here; did you mean `needs`?',
);
test(
	'an unknown kind of step',
	breaks,
	replace('01-first.md', 'kind: read', 'kind: watch'),
	'01-first.md:7:1 `kind` must be one of read, run, builder, challenge, question, blank, repair, not watch',
);
test(
	'a comment that holds no keys',
	breaks,
	replace('01-first.md', '</details>', '</details>\n\n## A\n\n<!-- step -->'),
	'01-first.md:53:10 must consist of keys and values, as in `id: first-step`',
);
test(
	'two commands in a step',
	breaks,
	replace('01-first.md', '\n<details>', '\n```sh run\ndocker ps\n```\n\n<details>'),
	'01-first.md:45:1 a step can have at most one command',
);
test(
	'an unknown kind of check',
	breaks,
	replace('01-first.md', 'check: stages', 'check: stage'),
	'01-first.md:36:6 `check` must be one of exit, stdout, file, image, stages, dockerfile, instructions, container, port-chain, stderr, network, volume, not stage; did you mean `stages`?',
);
test(
	'a check without a finding',
	breaks,
	replace('02-second.md', 'finding: not-started, ', ''),
	'02-second.md:11:5 `finding` is missing',
);
test(
	'a check without a sentence',
	breaks,
	replace('01-first.md', '    hint: The build ended with an error.\n', ''),
	'01-first.md:32:5 `hint` is missing',
);
test(
	'a check with an empty sentence',
	breaks,
	replace('01-first.md', 'The build ended with an error.', "' '"),
	'01-first.md:35:5 `hint` must not be empty',
);
test(
	'a check of a file outside',
	breaks,
	replace('01-first.md', 'path: app/', 'path: /app/'),
	'01-first.md:9:19 `path` must stay inside the folder',
);
test(
	'a capture that is no regular expression',
	breaks,
	replace('02-second.md', "'([0-9a-f]{12})'", "'([0-9'"),
	'02-second.md:9:11 `id` must be a regular expression with one group',
);
test(
	'a capture without a group',
	breaks,
	replace('02-second.md', "'([0-9a-f]{12})'", "'[0-9a-f]{12}'"),
	'02-second.md:9:11 `id` must be a regular expression with one group',
);

const blank = (command: string, fills: string) =>
	write(
		'03-third.md',
		`# Third\n\n## Look\n\n<!-- step\nid: look\nkind: blank\nfills: ${fills}\nchecks:\n  - {check: stdout, has: [ID], finding: other, hint: No list.}\n-->\n\n\`\`\`sh run\n${command}\n\`\`\`\n`,
	);
test(
	'a blank that nothing fills',
	breaks,
	blank('docker {{?}} {{?}}', '[image]'),
	'03-third.md:8:1 the command has 2 blanks, and `fills` has 1 text: each `{{?}}` needs one',
);
test(
	'a step of the kind `blank` without a blank',
	breaks,
	blank('docker image ls', '[image]'),
	'03-third.md:7:1 a step of the kind `blank` needs a command with `{{?}}` where learners fill something in; a command is a fenced block that begins with ```sh run',
);
test(
	'a blank in a step of another kind',
	breaks,
	replace('02-second.md', 'docker stop {{id}}', 'docker stop {{?}}'),
	'02-second.md:22:1 the command has a blank, `{{?}}`, which only a step of the kind `blank` can have: change the kind, or write out the command',
);
test(
	'`fills` in a step of another kind',
	breaks,
	replace('02-second.md', 'kind: challenge', 'kind: challenge\nfills: [waits]'),
	'02-second.md:37:1 only a step of the kind `blank` can have `fills`',
);
