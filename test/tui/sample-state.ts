import type {EngineIdentity} from '../../source/session/ports.js';
import {createInitialState, type SessionState} from '../../source/session/state.js';
import {parseMarkdown} from '../../source/workshop/markdown.js';
import type {Chapter, Step, Workshop} from '../../source/workshop/model.js';

const text = `The same Dockerfile, the **other** builder. Before you press enter: which stages will run?

- \`base\` and \`build\` make the program
- \`test\` writes a file that *nobody* copies
  - it is 構建 work all the same 🚀

> [!NOTE]
> The builder only builds what the last stage needs.

\`\`\`Dockerfile
FROM alpine:3.13 AS base
COPY --from=build /build.txt /a-rather-long-path/that/does/not/fit/into/one/line/of/the/pane.txt
\`\`\`

See [the manual](https://docs.docker.com/build/) for more.`;

const step = (id: string, title: string, more: Partial<Step> = {}): Step => ({
	id,
	chapterId: 'buildkit',
	kind: 'run',
	title,
	needs: [],
	builder: null,
	predict: null,
	compare: [],
	beside: null,
	capture: {},
	checks: [],
	optional: false,
	edit: null,
	judge: [],
	question: null,
	fills: [],
	setup: [],
	patches: [],
	blanked: null,
	body: parseMarkdown(text),
	command: `docker build -t simple:${id} ./simple`,
	fittingHints: [],
	afterwards: null,
	hints: [parseMarkdown('Look at what the last stage copies.'), parseMarkdown('It copies from `build`.')],
	solution: parseMarkdown('`base`, `build` and `final`.'),
	file: '04-buildkit.md',
	line: 1,
	...more,
});

const chapters: Chapter[] = [
	{
		id: 'reference',
		title: 'Reference',
		file: '02-reference.md',
		steps: [
			step('read', 'Where to look things up', {
				chapterId: 'reference',
				kind: 'read',
				command: null,
				hints: [],
				fittingHints: [],
			}),
		],
	},
	{
		id: 'buildkit',
		title: 'BuildKit and build targets',
		file: '04-buildkit.md',
		steps: [
			step('enable', 'Switch to BuildKit', {kind: 'builder', command: 'export DOCKER_BUILDKIT=1'}),
			step('build', 'Build it again with BuildKit'),
			step('run', 'Run what was built', {command: 'docker run simple:build'}),
			step('sizes', 'Compare the sizes', {command: 'docker image ls -f reference=whoami'}),
			step('port', 'Serve it on a port of your own', {kind: 'challenge', command: null}),
		],
	},
];

/** A machine with engine 26. */
export const identity: EngineIdentity = {
	id: 'ABCD',
	version: '26.1.5',
	context: 'default',
	environment: {},
	endpoint: 'unix:///var/run/docker.sock',
	local: true,
	address: '127.0.0.1',
	store: 'graphdriver',
	cli: {version: '26.1.5', buildx: '0.13.1'},
	recorded: null,
};

const workshop: Workshop = {
	id: 'multi-stage',
	title: 'Multi-stage builds',
	minutes: 60,
	images: ['alpine:3.13'],
	contexts: ['simple'],
	introduction: parseMarkdown('Build small images from big ones.'),
	chapters,
};

/** A session in the middle of a small workshop, with some of it different. */
export const sampleState = (more: Partial<SessionState> = {}): SessionState => ({
	...createInitialState(workshop, {
		dialect: 'sh',
		labFolder: '/home/ada/multi-stage',
		builder: 'buildkit',
	}),
	screen: 'step',
	stepId: 'build',
	engine: {status: 'ready', identity},
	passed: {read: {at: '2026-01-02T03:04:05Z', finding: 'passed'}},
	...more,
});
