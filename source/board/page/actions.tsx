import {useRef} from 'preact/hooks';
import {type Room, selectSecondsLeft} from '../../classroom/select-board.js';
import {Panel} from './parts.js';
import {usePerform} from './perform.js';
import {words} from './words.js';

/** The longest text that is said, as in `limits.say` of the protocol. */
const longestText = 200;

/** What a teacher tells all seats. */
export const Actions = ({room}: {room: Room}) => {
	const perform = usePerform();
	const {said, isOver} = room.class;
	const last = said.at(-1);
	const say = words.actions;
	return (
		<Panel id="actions" heading={say.heading}>
			<form
				class="row"
				onSubmit={event => {
					event.preventDefault();
					const form = event.currentTarget;
					const text = String(new FormData(form).get('text')).trim();
					if (text === '') return;
					perform({action: 'say', text});
					form.reset();
				}}
			>
				<label class="wide">
					{say.say}
					<input name="text" type="text" maxLength={longestText} required autocomplete="off" />
				</label>
				<button type="submit">{say.sayButton}</button>
			</form>
			{last !== undefined && (
				<p class="said">
					{say.said}: “<bdi>{last}</bdi>”
				</p>
			)}
			<Countdown room={room} />
			{!isOver && <EndClass />}
		</Panel>
	);
};

const Countdown = ({room}: {room: Room}) => {
	const perform = usePerform();
	const say = words.actions;
	const left = selectSecondsLeft(room);
	return (
		<form
			class="row"
			onSubmit={event => {
				event.preventDefault();
				const minutes = Number(new FormData(event.currentTarget).get('minutes'));
				perform({action: 'countdown', seconds: Math.round(minutes * 60)});
			}}
		>
			<label>
				{say.countdown}
				<input name="minutes" type="number" min={1} max={240} defaultValue="10" required />
			</label>
			<button type="submit">{say.startCountdown}</button>
			{left !== null && (
				<>
					<button type="button" onClick={() => perform({action: 'countdown', seconds: 0})}>
						{say.stopCountdown}
					</button>
					<span class="clock" role="timer">
						{say.secondsLeft(words.clock(left))}
					</span>
				</>
			)}
		</form>
	);
};

const EndClass = () => {
	const perform = usePerform();
	const dialog = useRef<HTMLDialogElement>(null);
	const say = words.actions;
	return (
		<>
			<p>
				<button type="button" class="quiet" onClick={() => dialog.current?.showModal()}>
					{say.end}
				</button>
			</p>
			<dialog ref={dialog} aria-labelledby="end-heading">
				<form
					method="dialog"
					onSubmit={event => {
						const {submitter} = event as unknown as SubmitEvent;
						if (submitter?.getAttribute('value') !== 'end') return;
						perform({action: 'end', erase: new FormData(event.currentTarget).has('erase')});
					}}
				>
					<h2 id="end-heading">{say.endTitle}</h2>
					<p>{say.endText}</p>
					<label class="check">
						<input type="checkbox" name="erase" /> {say.erase}
					</label>
					<p class="row">
						<button type="submit" value="cancel">
							{say.cancel}
						</button>
						<button type="submit" value="end" class="danger">
							{say.confirmEnd}
						</button>
					</p>
				</form>
			</dialog>
		</>
	);
};
