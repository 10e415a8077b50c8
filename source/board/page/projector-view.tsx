import {encode} from 'uqr';
import {type Room, selectSecondsLeft} from '../../classroom/select-board.js';
import {Bars} from './bars.js';
import {ViewHeading} from './parts.js';
import {words} from './words.js';

/** What everybody in the room may see: how to join, and where the class is. No names. */
export const ProjectorView = ({room}: {room: Room}) => {
	const {title, address, code, programHash, workshops, pace} = room.class;
	const say = words.projector;
	const left = selectSecondsLeft(room);
	const workshop = workshops.find(({id}) => id === pace?.workshop);
	const number = 1 + (workshop?.chapters.findIndex(({id}) => id === pace?.chapter) ?? -1);
	const chapter = workshop?.chapters[number - 1];
	return (
		<div class="projector">
			<ViewHeading>{title}</ViewHeading>
			<div class="join">
				<div>
					<p class="label">{say.open}</p>
					<p class="address">http://{address}/</p>
					<p class="label">{say.code}</p>
					<p class="code">{code}</p>
				</div>
				<QrCode text={`http://${address}/`} label={say.orScan} />
			</div>
			<p class="label">{say.command}</p>
			<p class="command">
				<code>{say.joinCommand(address, code)}</code>
			</p>
			{programHash !== null && (
				<>
					<p class="label">{say.hash}</p>
					<p class="hash">
						<code>{programHash}</code>
					</p>
				</>
			)}
			{(chapter || left !== null) && (
				<p class="now">
					{chapter && <span>{say.pace(number, chapter.title)}</span>}
					{left !== null && (
						<span class="clock" role="timer">
							{say.countdown} {words.clock(left)}
						</span>
					)}
				</p>
			)}
			<Bars room={room} hasActions={false} />
		</div>
	);
};

/** A QR code, black on white in the dark as well: not all phones read it otherwise. */
const QrCode = ({text, label}: {text: string; label: string}) => {
	const {data, size} = encode(text, {border: 2});
	const squares = data.flatMap((row, y) =>
		row.flatMap((isBlack, x) => (isBlack ? [`M${x} ${y}h1v1h-1z`] : [])),
	);
	return (
		<svg
			class="qr"
			viewBox={`0 0 ${size} ${size}`}
			role="img"
			aria-label={label}
			shape-rendering="crispEdges"
		>
			<path d={squares.join('')} />
		</svg>
	);
};
