import {readFileSync} from 'node:fs';
import path from 'node:path';
import {engineTests} from '../engine/engines.js';
import {controls, isText} from '../tools/is-text.js';
import {maskSession} from '../tools/mask-session.js';
import {runCli} from '../tools/run-cli.js';
import {openTalk, type Talk, talkThrough, usualAnswer} from '../tools/talk.js';

type Step = {id: string; kind: string; verdict: string; reason: string};

/** Says beforehand which stages will run, and does what is usual everywhere else. */
const answer = (news: string): string => {
	if (/Which stages will run\?/.test(news)) return '1 2 3 4';
	return /\nBuild it with BuildKit\n/.test(news) ? 'predict' : usualAnswer(news);
};

/** In the lab, one wrong container and a right one are started elsewhere; each verdict comes by itself. */
const solveLab = async (loop: Talk, docker: (...args: string[]) => Promise<string>): Promise<void> => {
	await loop.waitFor('waiting: There is no container of whoami');
	await docker('run', '-d', '-P', '--name', 'wrong', 'whoami', '-port', '5000');
	await loop.waitFor(/failed: [\s\S]*\(broken here\)[\s\S]*\n> $/);
	await docker('run', '-d', '-p', '5000', '--name', 'right', 'whoami', '-port', '5000');
	await loop.waitFor(/passed: [\s\S]*answered as[\s\S]*\n> $/);
};

/** What is left of a sentence when neither lines nor numbers count. */
const gist = (text: string): string =>
	maskSession(text)
		.replaceAll(/\s+/g, ' ')
		.replaceAll(/[\d.]+/g, 'N');

engineTests((engineTest, name) => {
	engineTest('the whole workshop in lines comes to the verdicts of a rehearsal', async (t, {env, docker}) => {
		const loop = openTalk({env});
		await talkThrough(loop, news => (/\nA port of your own\n/.test(news) ? null : answer(news)));
		await solveLab(loop, docker);
		loop.say('');
		t.is(await talkThrough(loop, answer), 0);
		const text = loop.text();
		t.notRegex(text, controls);
		t.is(loop.stderr(), '');
		if (name === '26') isText(t, text, 'engine-26');

		const {stdout} = await runCli(['run', '--json', '--yes'], {env, timeout: 300_000});
		const steps: Step[] = JSON.parse(stdout).chapters.flatMap((chapter: {steps: Step[]}) => chapter.steps);
		const progress = path.join(loop.home, '.local/state/multistage-workshop/progress/multi-stage.json');
		const passed = new Set(Object.keys(JSON.parse(readFileSync(progress, 'utf8')).passed));
		t.deepEqual(
			steps.map(({id}) => [id, passed.has(id) ? 'passed' : 'failed']),
			steps.map(({id, verdict}) => [id, verdict]),
		);
		// What the lab and the clean-up say depends on the containers that were made.
		const said = gist(text);
		for (const {id, kind, verdict, reason} of steps) {
			if (kind !== 'question' && id !== 'lab-port' && id !== 'cleanup')
				t.true(said.includes(gist(`${verdict}: ${reason}`)), id);
		}
	});
});
