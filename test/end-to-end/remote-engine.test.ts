import {engineTests} from '../engine/engines.js';
import {beginAt} from '../tools/begin-at.js';
import {runCli} from '../tools/run-cli.js';
import {keys, openTerminal} from '../tools/terminal.js';
import {sshTo, withPrograms} from './make-faults.js';

engineTests(declare => {
	for (const args of [['run', 'reference', '--yes'], ['check']]) {
		declare(`${args[0]} uses no engine on another machine without a typed yes`, async (t, engine) => {
			const env = {...withPrograms(engine, {ssh: sshTo(engine)}), DOCKER_HOST: 'ssh://ann@far.example'};
			const {stderr, exitCode} = await runCli(args, {env});
			t.is(exitCode, 3);
			t.regex(stderr, /ssh:\/\/ann@far\.example is not on this machine, and nothing was run there/);
		});
	}

	declare('on the screen enter does not agree to an engine on another machine, y does', async (t, engine) => {
		const env = {...withPrograms(engine, {ssh: sshTo(engine)}), DOCKER_HOST: 'ssh://ann@far.example'};
		const home = beginAt('disable-buildkit', {passed: {'read-reference': {at: '', finding: 'passed'}}});
		const terminal = openTerminal({env, home});
		await terminal.waitFor(/engine \d\d\./);
		terminal.press(keys.enter);
		await terminal.waitFor('Press enter to switch');
		for (const {key, wait} of [
			{key: keys.enter, wait: 'Nothing runs on ssh://ann@far.example'},
			{key: 'y', wait: 'passed: '},
		]) {
			terminal.press(keys.enter);
			await terminal.waitFor('May the workshop use it?');
			terminal.press(key);
			await terminal.waitFor(wait);
		}
		terminal.press('q');
		await terminal.waitFor('Leave the workshop?');
		terminal.press('y');
		t.is((await terminal.exited).exitCode, 0);
	});
});
