import process from 'node:process';
import type {Room} from '../../classroom/select-board.js';
import {messages} from '../../messages/index.js';
import {readAnswers} from '../../plain/plain-loop.js';
import {createPlainOutput, createPlainPage} from '../../plain/plain-output.js';
import {sentenceLines} from '../../view/line.js';
import type {BoardHub} from '../board-hub.js';
import {followRoom} from '../follow-room.js';
import {readBoardCommand} from './board-command.js';
import {boardLines} from './board-lines.js';
import {performCommand, type TerminalBoardOptions} from './perform-command.js';
import {createRoomTeller} from './tell-room.js';

/**
 * Tells what happens in a class in sentences, and does what is typed line by line. Resolves when the class is over, when
 * a person closes the input, or when `signal` says so; without a person it goes on telling.
 */
export const openBoardPlain = async (
	hub: BoardHub,
	{
		url,
		stdin = process.stdin,
		stdout = process.stdout,
		environment = process.env,
		signal,
	}: TerminalBoardOptions,
): Promise<void> => {
	const page = createPlainPage(environment, stdout.isTTY ? stdout.columns : undefined);
	const output = createPlainOutput(stdout, page, {isEchoed: Boolean(stdin.isTTY && stdout.isTTY)});
	const print = (sentences: string[]) => output.print(sentenceLines(sentences, page.columns));
	const known: string[] = [];
	const tellRoom = createRoomTeller(known);
	const latest: {room: Room | null} = {room: null};

	const printRoom = (room: Room) => output.print(boardLines(room, known, {...page, url, hasQrCode: false}));
	const take = async (line: string, room: Room): Promise<void> => {
		output.echo(line, false);
		const command = readBoardCommand(line, room, known);
		if ('shows' in command) printRoom(room);
		else print([await performCommand(hub, command)]);
		output.prompt();
	};
	await new Promise<void>((resolve, reject) => {
		// One line after the other: each finds what the one before it has done.
		let taken = Promise.resolve();
		const look = () => {
			if (signal?.aborted || latest.room?.class.isOver || (answers.hasEnded() && stdin.isTTY)) return end();
			for (let line = latest.room && answers.take(); line !== null; line = answers.take()) {
				const typed = line;
				taken = taken.then(async () => latest.room && take(typed, latest.room)).then(() => {}, reject);
			}
		};
		const end = () => {
			stopFollowing();
			answers.close();
			signal?.removeEventListener('abort', look);
			void taken.then(resolve);
		};
		const answers = readAnswers(stdin, () => look());
		const stopFollowing = followRoom(hub, room => {
			const isFirst = latest.room === null;
			latest.room = room;
			const news = tellRoom(room);
			if (isFirst) {
				printRoom(room);
				print(['', messages.board.terminal.help]);
			} else {
				print(news);
			}
			if (isFirst || news.length > 0) output.prompt();
			// The first room may come before there is anything to stop.
			setImmediate(look);
		});
		signal?.addEventListener('abort', look);
		look();
	});
	if (latest.room?.class.isOver) print([messages.board.page.isOver]);
};
