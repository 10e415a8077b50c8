import test from 'ava';
import {toString as textOf} from 'mdast-util-to-string';
import {judgeAnswer, rightAnswer} from '../../source/workshop/questions.js';
import {fingerprintStep} from '../../source/workshop/steps.js';
import {questionChapter, questionSteps} from '../tools/question-steps.js';

const questionOf = (id: string) => {
	const question = questionSteps().find(step => step.id === id)?.question;
	if (!question) throw new Error(`${id} asks nothing.`);
	return question;
};

test('the task list becomes the answers and leaves the text', t => {
	const [step] = questionSteps();
	t.is(textOf(step?.body), 'The last stage copies from words only.');
	t.deepEqual(
		step?.question?.asks === 'choice' &&
			step.question.answers.map(({label, isRight, explanation}) => [label, isRight, textOf(explanation)]),
		[
			['All of them', false, 'The legacy builder does that.'],
			['words and the last one', true, 'Nothing needs the others.'],
			['Only the last one', false, 'What it copies has to be there first.'],
		],
	);
});

test('a task list in a step of another kind is left alone', t => {
	const [step] = questionSteps(questionChapter.replace('kind: question', 'kind: read'));
	t.is(step?.question, null);
	t.true(step?.body.children.some(({type}) => type === 'list'));
});

const judges = test.macro<[string, string[], boolean, string[], number?]>({
	exec(t, id, given, isRight, explained, missing = 0) {
		const judged = judgeAnswer(questionOf(id), given);
		t.deepEqual(
			{...judged, explanations: judged.explanations.map(one => textOf(one))},
			{
				isRight,
				explanations: explained,
				missing,
			},
		);
	},
	title: (_, id, given, isRight) => `${id}: ${given.join(' and ')} is ${isRight ? 'right' : 'wrong'}`,
});

test(judges, 'which-stages', ['words and the last one'], true, ['Nothing needs the others.']);
test(judges, 'which-stages', ['All of them'], false, ['The legacy builder does that.']);
test(judges, 'what-stays', ['What is in its base image', 'What is copied'], true, []);
test(judges, 'what-stays', ['What is copied'], false, [], 1);
test(judges, 'what-stays', ['What is copied', 'What is in the other stages'], false, ['They stay behind.']);
test(judges, 'how-many', ['3'], true, ['Each FROM begins one.']);
test(judges, 'how-many', [' 3,0 '], true, ['Each FROM begins one.']);
test(judges, 'how-many', ['2'], false, ['The last one counts too.']);
test(judges, 'how-many', ['12'], false, ['Count the lines that begin with FROM.']);
test(judges, 'how-many', ['three'], false, ['Count the lines that begin with FROM.']);
test(judges, 'which-flag', [' --TARGET'], true, []);
test(judges, 'which-flag', ['--tag'], false, ['It names a stage.']);

test('the right answer of every form is judged as right', t => {
	for (const {question} of questionSteps())
		t.true(question !== null && judgeAnswer(question, rightAnswer(question)).isRight);
});

test('a tolerance accepts a number that is near', t => {
	const [step] = questionSteps(
		questionChapter
			.slice(questionChapter.indexOf('## How'))
			.replace('is: 3', 'is: 3, tolerance: 0.5')
			.replace(/^/, '# Questions\n\n'),
	);
	const question = step?.question;
	t.deepEqual(
		['2.4', '2.5', '3.5', '3.6'].map(typed => question && judgeAnswer(question, [typed]).isRight),
		[false, true, true, false],
	);
});

test('another right answer makes a pass stale, and another explanation does not', t => {
	const of = (from: string, to: string) =>
		questionSteps(questionChapter.replace(from, to)).map(step => fingerprintStep(step))[0];
	t.is(of('The legacy builder does that.', 'Only the legacy builder does that.'), of('', ''));
	t.not(of('- [ ] All of them', '- [x] All of them'), of('', ''));
});
