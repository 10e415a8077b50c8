import {readdirSync} from 'node:fs';
import path from 'node:path';
import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import type {TestEngine} from '../engine/test-engine.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';
import {trust} from '../tools/trust.js';
import {writeFiles} from '../tools/write-files.js';
import {takeInventory} from './inventory.js';

const dockerfile = `FROM alpine:3.13 AS words
RUN echo hi > /words.txt && mkdir /empty && ln -s /words.txt /link
FROM scratch AS export
COPY --from=words /words.txt /link /
COPY --from=words /empty /empty
FROM alpine:3.13
COPY --from=words /words.txt /
CMD ["cat", "/words.txt"]
`;

const bake = `group "default" { targets = ["a", "b"] }
target "a" {
  context = "./app"
  target = "words"
  tags = ["own:a"]
}
target "b" {
  context = "./app"
  tags = ["own:b"]
}
`;

/** A workshop of steps that run one command each. */
const writeVerbs = (commands: string[]): string => {
	const folder = path.join(temporaryFolder(), 'verbs');
	const steps = commands.map(
		(command, index) => `## Step ${index}

<!-- step
id: s${index}
kind: run
checks: [{check: exit, is: 0, finding: f, hint: h}]
-->

\`\`\`sh run
${command}
\`\`\`
`,
	);
	writeFiles(folder, {
		'workshop.md':
			'---\nformat: 1\nid: verbs\ntitle: Verbs\nminutes: 5\nimages: [alpine:3.13]\ncontexts: [app]\n---\n\nText.\n',
		'01-verbs.md': `# Verbs\n\n${steps.join('\n')}`,
		'02-end.md': `# End\n\n## Tidy up\n\n<!-- step\nid: tidy-up\nkind: run\n-->\n\nGone.\n`,
		'app/Dockerfile': dockerfile,
		'app/docker-bake.hcl': bake,
	});
	return folder;
};

const run = async (
	t: ExecutionContext,
	{env}: TestEngine,
	args: string[],
	place: {home: string; cwd: string},
) => {
	const {stdout, stderr, exitCode} = await runCli(args, {...place, env, timeout: 240_000});
	t.is(exitCode, 0, stdout + stderr);
	return stdout;
};

/** Each in the form in which it was once not seen. */
const everywhere = [
	'docker image build -t v-ib:1 ./app',
	'docker builder build -t v-bb:1 ./app',
	'docker build --tag=v-eqt:1 ./app',
	'docker build -qt v-qt:1 ./app',
	'docker build -t v-m:1 -t v-m:2 ./app',
	'docker build ./app',
	'docker container run -d --name v-cr alpine:3.13 sleep 300',
	'docker run --detach=true --name=v-eq alpine:3.13 sleep 300',
	'docker run -itd --name v-itd alpine:3.13 sleep 300',
	'docker --debug run -d --name v-dbg alpine:3.13 sleep 300',
	'docker -l error run -dP --name v-log -m 64m alpine:3.13 sleep 300',
	'docker run --name v-att alpine:3.13 true',
	'docker run -- alpine:3.13 true',
	'docker create --name v-create alpine:3.13 true',
	'docker container create alpine:3.13 true',
	'docker commit v-create v-commit:1',
	'docker container commit v-create',
	'docker commit v-create',
	'docker tag alpine:3.13 v-tag:1',
	'docker image tag v-ib:1 v-tag',
	'docker volume create v-vol',
	'docker volume create --label a=b',
	'docker run -v v-named:/x --name v-volc alpine:3.13 true',
	'docker run --mount source=v-mount,target=/x -v /anonymous alpine:3.13 true',
	'docker network create v-net',
	'docker run -d --network v-net --name v-netc -v v-vol:/x alpine:3.13 sleep 300',
	'docker save -o app/words.tar v-ib:1 v-tag',
	'docker export -o saved.tar v-create',
	'docker import saved.tar v-import:1',
	'docker image import saved.tar',
	'docker image rm v-m:2 v-m:1',
	'docker load -i app/words.tar',
	'docker cp v-eq:/bin/busybox ./copied',
	'docker build --iidfile id.txt ./app',
];

/** With BuildKit, and where buildx is. */
const withBuildx = [
	'docker buildx build -t v-bx:1 ./app',
	'docker buildx build --load -t v-bx:2 ./app',
	'docker buildx b -t v-bx:3 --metadata-file meta.json ./app',
	'docker build --output type=image,name=v-out:1 ./app',
	'docker build --target export --output type=local,dest=./out ./app',
	'docker build --target export -o out/again ./app',
	'docker build --target export -o type=tar,dest=out.tar ./app',
	'docker buildx bake -f ./app/docker-bake.hcl',
];

engineTests((engineTest, name) => {
	const rows = [
		{builder: 'legacy', commands: everywhere},
		{builder: 'buildkit', commands: [...everywhere, ...(name === '20' ? [] : withBuildx)]},
	];
	for (const {builder, commands} of rows) {
		engineTest(`of every verb nothing is left, with ${builder}`, async (t, engine) => {
			const place = {home: temporaryFolder(), cwd: temporaryFolder()};
			const things = async () => ({
				...(await takeInventory(engine)),
				volumes: await engine.docker('volume', 'ls', '-q'),
				networks: await engine.docker('network', 'ls', '-q', '--no-trunc'),
			});
			await engine.docker('volume', 'create', 'theirs');
			const before = await things();
			const folder = writeVerbs(commands);
			const options = ['--workshop', folder, '--yes'];
			t.regex(await run(t, engine, ['lint', folder], place), /: no problems(?:, \d+ warnings?)?\.\n$/);
			await run(t, engine, ['run', 'verbs', ...options, '--builder', builder, ...trust(folder)], place);
			t.not((await things()).volumes, before.volumes);
			const {removed, kept} = JSON.parse(await run(t, engine, ['cleanup', '--json', ...options], place));
			t.deepEqual(kept, []);
			t.deepEqual(await things(), before);
			t.deepEqual(readdirSync(place.cwd), []);
			const kinds = new Set(removed.map(({kind}: {kind: string}) => kind));
			for (const kind of ['container', 'network', 'volume', 'name', 'image', 'file']) t.true(kinds.has(kind));
			await engine.docker('volume', 'rm', 'theirs');
		});
	}
});
