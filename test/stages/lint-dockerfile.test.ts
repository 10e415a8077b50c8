import test from 'ava';
import {execa} from 'execa';
import {lintDockerfile} from '../../source/stages/dockerfile/lint-dockerfile.js';
import {engineTests} from '../engine/engines.js';
import {refused, taken, wholeText} from './dockerfile-texts.js';

for (const text of taken) {
	test(`lint takes ${text}`, t => {
		t.deepEqual(lintDockerfile(wholeText(text)).problems, []);
	});
}

for (const [text, message] of refused) {
	test(`lint refuses ${text}`, t => {
		t.deepEqual(
			lintDockerfile(wholeText(text)).problems.map(problem => problem.message),
			[message],
		);
	});
}

// The newest BuildKit there is.
engineTests((engineTest, name) => {
	if (!name.startsWith('28')) return;
	engineTest('BuildKit takes and refuses what lint does', async (t, {env}) => {
		const takes = async (text: string) => {
			const {exitCode} = await execa('docker', ['build', '--call=outline', '-'], {
				env,
				input: wholeText(text),
				reject: false,
			});
			return exitCode === 0;
		};
		for (const text of taken) t.true(await takes(text), text);
		for (const [text] of refused) t.false(await takes(text), text);
	});
});
