import test from 'ava';
import {askFirst} from '../tools/question-steps.js';
import {keys} from '../tools/terminal.js';
import {openFakeScreen} from './open-emulated.js';

for (const size of [
	{columns: 120, rows: 36},
	{columns: 80, rows: 24},
]) {
	test.serial(`a learner answers questions by keys alone, at ${size.columns}×${size.rows}`, async t => {
		const options = {stepId: 'how-many', passed: [], changeWorkshop: askFirst};
		const {press, waitFor, session} = openFakeScreen(t, options, size);
		await waitFor('enter start');
		press(keys.enter);
		await waitFor(
			/Press a and type your answer\. enter goes on without an answer\.[\s\S]*enter go on without/,
		);
		press('a');
		await waitFor('your answer:');
		press('2');
		await waitFor('your answer: 2');
		press(keys.enter);
		const wrong = await waitFor(
			/you said {2}2[\s\S]*✖ Not quite\.[\s\S]*The last one counts too\.[\s\S]*go on, or answer again\./,
		);
		t.notRegex(wrong.join('\n'), /✔/);
		press(keys.left);
		await waitFor(/What goes into the image\?[\s\S]*Tick all that are right, with 1 to 3\./);
		press('1');
		await waitFor(/1 \[x\] What is copied[\s\S]*Press enter to answer\.[\s\S]*enter answer/);
		press('3');
		await waitFor('3 [x] What is in its base image');
		press(keys.enter);
		await waitFor(/✔ Right\.[\s\S]*Press enter to go on\.[\s\S]*enter next step/);
		t.deepEqual(session.getState().answers, {
			'how-many': {given: ['2'], first: 'wrong'},
			'what-stays': {given: ['What is copied', 'What is in its base image'], first: 'right'},
		});
	});
}
