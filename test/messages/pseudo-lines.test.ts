// In a process of its own: it changes the language of everything.
import test, {type ExecutionContext} from 'ava';
import {messages as english} from '../../source/messages/en/index.js';
import {setMessages} from '../../source/messages/index.js';
import {createAnnouncer} from '../../source/plain/announce.js';
import {choicesFor, type Menu, mainMenu} from '../../source/plain/menu.js';
import {createPlainPage} from '../../source/plain/plain-output.js';
import {createReport} from '../../source/report/report.js';
import {reportHtml} from '../../source/report/report-html.js';
import {reportMarkdown} from '../../source/report/report-markdown.js';
import type {SessionState} from '../../source/session/state.js';
import {widthOf} from '../../source/text/width.js';
import {type FakeSessionOptions, openFakeSession} from '../tools/fakes/open-fake-session.js';
import {walkSession} from '../tools/fakes/walk-session.js';
import {pseudoLanguage} from '../tools/pseudo-language.js';
import {englishWords, textsOfRun} from './english-words.js';
import {foreignWorkshop} from './foreign-workshop.js';

test.before(() => setMessages(pseudoLanguage()));
test.after.always(() => setMessages(english));

const columns = 76;
const page = createPlainPage({LANG: 'C.UTF-8'}, columns);

/** The English words of lines, each with its line. */
const findEnglish = (lines: string[], state: SessionState): string[] => {
	const elsewhere = Object.values(state.runs).flatMap(textsOfRun);
	return lines.flatMap(line => englishWords(line, state, elsewhere).map(word => `“${word}” in: ${line}`));
};

/** Every page and question that the plain lines offer in a state, and what they say to a wrong answer. */
const menuLines = (state: SessionState): string[] => {
	const menu = mainMenu(state, page);
	const pages = choicesFor(state).flatMap((choice, index) =>
		'page' in choice ? [menu.answer(String(index + 1))] : [],
	);
	const wrong = (asked: Menu) => [asked.answer('жж'), asked.answer('ж, 2')].flatMap(({lines}) => lines);
	const lines = pages.flatMap(({lines: said, menu: next}) => [
		...said,
		...(next ? [...next.lines, ...wrong(next)] : []),
	]);
	return page.text([...menu.lines, ...wrong(menu), ...lines]);
};

/** Goes through a workshop, and looks at all that the plain lines say on the way. */
const walk = async (t: ExecutionContext, options: FakeSessionOptions): Promise<SessionState> => {
	const session = openFakeSession({changeWorkshop: foreignWorkshop, ...options});
	const announcer = createAnnouncer(() => session.lines, page);
	const found = new Set<string>();
	const printed = new Set<string>();
	const look = (lines: string[], state: SessionState) => {
		for (const line of lines) printed.add(line);
		// What commands print is indented. Of a challenge's proofs, the state keeps only the last.
		const own = lines.filter(line => !/^ {4}/.test(line));
		for (const one of findEnglish(own, state)) found.add(one);
	};
	const announce = () => {
		const state = session.getState();
		look(page.text(announcer.announce(state)), state);
	};
	session.subscribe(announce);
	session.begin();
	announce();
	await session.settled();
	const last = await walkSession(session, {onState: state => look(menuLines(state), state)});
	t.deepEqual([...found], []);
	t.true(printed.size > 100);
	// What a command printed, a Dockerfile and a command are as wide as they are.
	const own = [...printed].filter(line => /ø/.test(line) && !/^ {4}|^\S+ │/.test(line));
	t.deepEqual(
		own.filter(line => widthOf(line) > columns),
		[],
	);
	return last;
};

for (const workshop of ['multi-stage', 'build-cache']) {
	for (const on of ['engine', 'recording'] as const) {
		test.serial(
			`${workshop}: the plain lines and the report say nothing in English, on the ${on}`,
			async t => {
				const last = await walk(t, {workshop, on});
				const report = createReport(last, {at: new Date('2026-01-02T03:04:05Z')});
				const html = reportHtml(report).replace(/<style>.*?<\/style>|<[^>]+>/gs, ' ');
				for (const text of [reportMarkdown(report), html]) t.deepEqual(findEnglish([text], last), []);
			},
		);
	}
}

test.serial('a machine without an engine is told of in no English', async t => {
	const session = openFakeSession({
		changeWorkshop: foreignWorkshop,
		prepare: ({engine}) => engine.stop(),
		findings: [{id: 'disk', verdict: 'failed', reason: 'ж', next: '`docker system df`'}],
	});
	session.begin();
	const state = await session.settled();
	const announcer = createAnnouncer(() => session.lines, page);
	t.deepEqual(findEnglish([...page.text(announcer.announce(state)), ...menuLines(state)], state), []);
});
