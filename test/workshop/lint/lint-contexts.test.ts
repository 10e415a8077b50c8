import test from 'ava';
import {temporaryFolder} from '../../tools/child-environment.js';
import {soundWorkshop} from '../../tools/sound-workshop.js';
import {writeFiles} from '../../tools/write-files.js';
import {breaks, problemsIn, replace, write} from './breaks.js';

test(
	'a context that does not exist',
	breaks,
	replace('workshop.md', '[app]', '[app, web]'),
	'workshop.md:7:17 the context `web` does not exist',
);
test(
	'a context twice',
	breaks,
	replace('workshop.md', '[app]', '[app, app]'),
	'workshop.md:7:17 the context `app` is listed twice',
);
test(
	'a context that the program reads itself',
	breaks,
	replace('workshop.md', '[app]', '[app, solutions]'),
	'workshop.md:7:17 `solutions` can’t be a context: the program reads it itself',
);
test(
	'a context that is a file',
	breaks,
	folder => {
		write('web', '')(folder);
		replace('workshop.md', '[app]', '[app, web]')(folder);
	},
	'workshop.md:7:17 the context `web` is a file, and must be a folder',
);
test(
	'a base image that is not listed',
	breaks,
	replace('app/Dockerfile', 'alpine:3.13 AS', 'alpine:3.14 AS'),
	'app/Dockerfile:1:1 starts from `alpine:3.14`, which is not among the `images` of workshop.md',
);
test(
	'a Dockerfile that does not parse',
	breaks,
	replace('app/Dockerfile', 'RUN', 'RUNN'),
	'app/Dockerfile:2:1 Unknown instruction: RUNN',
);
test(
	'a Dockerfile without a stage',
	breaks,
	replace('app/Dockerfile', 'FROM alpine:3.13 AS words\nRUN', 'RUN'),
	'app/Dockerfile:1:1 No source image provided with `FROM`',
);

test('a flag that is newer than the reader of Dockerfiles is no mistake', t => {
	const folder = temporaryFolder();
	writeFiles(folder, soundWorkshop);
	replace('app/Dockerfile', 'RUN', 'ADD --unpack=false Dockerfile /x\nRUN')(folder);
	t.deepEqual(problemsIn(folder), []);
});

test('a stage that an argument or the platform chooses is no base image', t => {
	const folder = temporaryFolder();
	writeFiles(folder, soundWorkshop);
	replace(
		'app/Dockerfile',
		'FROM',
		[
			`ARG PICK=\${TARGETPLATFORM#linux/amd64}`,
			`ARG PICK=\${PICK:-"own"}`,
			'FROM alpine:3.13 AS tool-own',
			'FROM alpine:3.13 AS tool-amd64',
			`FROM tool-\${PICK} AS picked`,
			`FROM tool-\${TARGETARCH} AS tool`,
			'FROM',
		].join('\n'),
	)(folder);
	t.deepEqual(problemsIn(folder), []);
});
