import test from 'ava';
import {simulateTrial} from '../../source/review/simulate-trial.js';
import type {Observation, Trial} from '../../source/review/trial.js';

const dockerfile = [
	...['FROM alpine:3.13 AS base', "RUN echo '1' > /base.txt", ''],
	...['FROM base AS build', 'COPY src/ /src/', 'RUN cat /src/main.js > /app.js', ''],
	...['FROM build AS test', "RUN echo '1' > /test.txt", ''],
	...['FROM base AS final', 'COPY --from=build /app.js /srv/'],
];
const paths = ['/base.txt', '/src/main.js', '/app.js', '/test.txt', '/srv/app.js'];

const shows = test.macro({
	exec(t, command: string, seen: Partial<Observation>, more: Partial<Trial> = {}) {
		const trial: Trial = {
			builder: 'buildkit',
			files: {Dockerfile: dockerfile.join('\n'), 'src/main.js': '1', 'readme.md': '1'},
			commands: [{argv: command.split(' ')}],
			look: {image: 'app', paths},
			...more,
		};
		t.like(simulateTrial(trial), seen);
	},
	title: (title, command) => title || `${command}`,
});

/** The Dockerfile with another line in one place. */
const edited = (line: number, text: string): Partial<Trial> => ({
	files: {Dockerfile: dockerfile.with(line - 1, text).join('\n'), 'src/main.js': '1'},
});

const plain = 'docker build -t app .';
test(shows, plain, {failure: null, stages: ['base', 'build', 'final'], paths: ['/base.txt', '/srv/app.js']});
test(shows, 'docker build -t app --target build .', {
	stages: ['base', 'build'],
	paths: ['/base.txt', '/src/main.js', '/app.js'],
});
test(
	'the legacy builder runs all up to the target',
	shows,
	'docker build -t app --target test .',
	{
		stages: ['base', 'build', 'test'],
	},
	{builder: 'legacy'},
);
test(
	'the legacy builder runs what the last stage does not need',
	shows,
	plain,
	{
		stages: ['base', 'build', 'test', 'final'],
	},
	{builder: 'legacy'},
);

test(shows, 'docker build -t other .', {failure: null, paths: null});
test(shows, 'docker build -t app --target tset .', {failure: 'no-target', paths: null});
test(shows, 'docker build -t app ./nowhere', {failure: 'no-context'});
test(shows, 'docker build -t app ./src', {failure: 'no-dockerfile'});
test(shows, 'docker build -t app --stage test .', {failure: 'refused'});
test(shows, 'docker build -t app', {failure: 'refused'});
test(shows, 'docker build -t App .', {failure: 'refused'});
test(shows, 'docker build -t app --no-cache .', {
	unclear: 'Only a real engine can tell what `--no-cache` changes.',
});
test(shows, 'docker pull app', {unclear: 'Only a real engine can tell what `docker pull` changes.'});

test(
	'an unknown stage is an unknown image',
	shows,
	plain,
	{failure: 'no-image'},
	edited(12, 'COPY --from=biuld /app.js /srv/'),
);
test(
	'a file that another stage lacks',
	shows,
	plain,
	{failure: 'no-file'},
	edited(12, 'COPY --from=base /app.js /srv/'),
);
test('a file that the context lacks', shows, plain, {failure: 'no-file'}, edited(12, 'COPY app.js /srv/'));
test('no shell in scratch', shows, plain, {failure: 'no-shell'}, edited(1, 'FROM scratch AS base'));
test(
	'a command that finds no file',
	shows,
	plain,
	{failure: 'command-failed'},
	edited(6, 'RUN cat /nothing > /app.js'),
);
test(
	'another image',
	shows,
	plain,
	{failure: null, unclear: 'Only a real engine can tell what the build makes with `debian:13`.'},
	edited(1, 'FROM debian:13 AS base'),
);
test(
	'a folder is copied by its contents',
	shows,
	plain,
	{paths: ['/base.txt', '/srv/app.js']},
	edited(12, 'COPY --from=build / /srv'),
);

const again = (changes: Record<string, string>): Partial<Trial> => ({
	commands: [{argv: plain.split(' ')}, {argv: plain.split(' '), changes}],
});
test('all from the cache', shows, '', {firstRun: null}, again({'readme.md': '2'}));
test('a copied file', shows, '', {firstRun: 5}, again({'src/main.js': '2'}));
test(
	'an edited command',
	shows,
	'',
	{firstRun: 2},
	again({Dockerfile: dockerfile.join('\n').replace("'1'", "'2'")}),
);
test(
	'an edited command of a stage that is not needed',
	shows,
	'',
	{firstRun: null},
	again({
		Dockerfile: dockerfile.with(8, "RUN echo '2' > /test.txt").join('\n'),
	}),
);

const port = test.macro({
	exec(t, command: string, finding: string, hostPort: number | null) {
		const {port: seen} = simulateTrial({
			builder: 'buildkit',
			files: {},
			commands: [{argv: command.split(' ')}],
			look: null,
		});
		t.like(seen, {finding, hostPort});
	},
	title: (_, command) => `${command}`,
});
test(port, 'docker run -d -p 8050:5000 whoami -port 5000', 'passed', 8050);
test(port, 'docker run -d -p 8050:80 whoami', 'passed', 8050);
test(port, 'docker run -d -p 5000:8050 whoami -port 5000', 'published-wrong-port', null);
test(port, 'docker run -d whoami -port 5000', 'not-published', null);
test(port, 'docker run -d whoami -p 8050:5000 -port 5000', 'exited', null);
