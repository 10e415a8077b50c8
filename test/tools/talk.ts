import {spawn} from 'node:child_process';
import {atExit} from './at-exit.js';
import {builtProgram, nodeUnderTest} from './built-program.js';
import {childEnvironment, temporaryFolder} from './child-environment.js';

export type TalkOptions = {
	args?: string[];
	/** On top of the bare environment of `childEnvironment`; an engine's `env` goes here. */
	env?: Record<string, string>;
	cwd?: string;
	home?: string;
};

/** The program in plain mode, without a terminal, talked to line by line. */
export type Talk = {
	cwd: string;
	home: string;
	/** All that stdout has got. */
	text(): string;
	stderr(): string;
	/** Resolves with what has been printed since the last answer, once it waits for one or has ended. */
	asked(): Promise<string>;
	/** Resolves as soon as what has been printed since the last answer holds the text or matches. */
	waitFor(wanted: string | RegExp): Promise<string>;
	say(line: string): void;
	/** No more answers will come. */
	end(): void;
	kill(signal: NodeJS.Signals): void;
	exited: Promise<number | null>;
};

const patience = 120_000;

/** Opens the built program with `--plain`. */
export const openTalk = ({
	args = [],
	env,
	cwd = temporaryFolder(),
	home = temporaryFolder(),
}: TalkOptions = {}): Talk => {
	const child = spawn(nodeUnderTest, [builtProgram, '--plain', ...args], {
		cwd,
		env: childEnvironment(home, env),
	});
	const isGone = atExit(() => child.kill('SIGKILL'));
	let stdout = '';
	let stderr = '';
	let answeredAt = 0;
	let hasEnded = false;
	let look = () => {};
	child.stdout.setEncoding('utf8').on('data', (text: string) => {
		stdout += text;
		look();
	});
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.stdin.on('error', () => {});
	const exited = new Promise<number | null>(resolve => {
		child.on('close', exitCode => {
			isGone();
			hasEnded = true;
			look();
			resolve(exitCode);
		});
	});
	const news = () => stdout.slice(answeredAt);
	const until = (holds: (text: string) => boolean, wanted: string): Promise<string> =>
		new Promise((resolve, reject) => {
			const timer = setTimeout(
				() => reject(new Error(`${wanted} did not come:\n${news()}\n${stderr}`)),
				patience,
			);
			look = () => {
				if (!holds(news()) && !hasEnded) return;
				clearTimeout(timer);
				if (holds(news())) resolve(news());
				else reject(new Error(`The program ended before ${wanted}:\n${news()}\n${stderr}`));
			};
			look();
		});
	return {
		cwd,
		home,
		text: () => stdout,
		stderr: () => stderr,
		asked: () => until(text => text.endsWith('\n> ') || hasEnded, 'a question'),
		waitFor: wanted =>
			until(text => (typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)), String(wanted)),
		say(line) {
			answeredAt = stdout.length;
			child.stdin.write(`${line}\n`);
		},
		end: () => child.stdin.end(),
		kill: signal => child.kill(signal),
		exited,
	};
};

/** What somebody answers who takes the first choice, but in the lab what leads to the solution. */
const usualAnswer = (news: string): string => {
	const choices = news.slice(news.lastIndexOf('\n\n')).replaceAll(/\s+/g, ' ');
	if (/ 1 (hint|solution) *,/.test(choices)) return 'h';
	return / 1 solution: run it/.test(choices) ? 's' : '';
};

/** Answers until the program has ended, or where there is no answer; resolves with its exit code, null while it goes on. */
export const talkThrough = async (
	loop: Talk,
	answer: (news: string) => string | null = usualAnswer,
): Promise<number | null> => {
	for (;;) {
		const news = await loop.asked();
		if (!news.endsWith('\n> ')) return loop.exited;
		const said = answer(news);
		if (said === null) return null;
		loop.say(said);
	}
};
