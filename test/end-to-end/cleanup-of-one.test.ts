import type {ExecutionContext} from 'ava';
import {engineTests} from '../engine/engines.js';
import {temporaryFolder} from '../tools/child-environment.js';
import {runCli} from '../tools/run-cli.js';

type Item = {kind: string; name: string; reason?: string};

engineTests(engineTest => {
	engineTest(
		'clean-up removes what one workshop made, and says what removes the other’s',
		async (t, engine) => {
			const place = {home: temporaryFolder(), cwd: temporaryFolder(), env: engine.env};
			await mustEnd(t, ['run', 'multi-stage-dockerfiles', '--yes'], place);
			await mustEnd(t, ['run', 'layers', '--workshop', 'build-cache', '--yes'], place);
			const both = await engine.docker('image', 'ls', '--format', '{{.Repository}}');
			t.true(['careless', 'simple'].every(name => both.includes(name)));

			const first = JSON.parse(await mustEnd(t, ['cleanup', '--yes', '--json'], place));
			t.deepEqual(
				first.kept
					.filter(({kind}: Item) => kind === 'name')
					.map(({name, reason}: Item) => `${name}: ${reason}`),
				['careless:latest: the workshop build-cache created it'],
			);
			const left = await engine.docker('image', 'ls', '--format', '{{.Repository}}');
			t.true(left.includes('careless'));
			t.false(left.includes('simple'));
			t.regex(
				await mustEnd(t, ['cleanup', '--yes'], place),
				/^kept \d+ things of the workshop build-cache: `.* --workshop build-cache` removes them$/m,
			);

			const second = await mustEnd(t, ['cleanup', '--workshop', 'build-cache', '--yes'], place);
			t.regex(second, /^removed transcripts of 3 runs$/m);
			t.false((await engine.docker('image', 'ls', '--format', '{{.Repository}}')).includes('careless'));
		},
	);
});

const mustEnd = async (t: ExecutionContext, args: string[], place: Parameters<typeof runCli>[1]) => {
	const {stdout, stderr, exitCode} = await runCli(args, place);
	t.is(exitCode, 0, stderr);
	return stdout;
};
