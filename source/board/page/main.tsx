import {render} from 'preact';
import {useEffect, useState} from 'preact/hooks';
import type {TeacherAction} from '../../classroom/room.js';
import {type Room, selectCrowd} from '../../classroom/select-board.js';
import {useHash} from './parts.js';
import {Perform, sendAction} from './perform.js';
import {ProjectorView} from './projector-view.js';
import {RoomView} from './room-view.js';
import {SeatView} from './seat-view.js';
import {useRoom} from './use-room.js';
import {words} from './words.js';

/** How long, in milliseconds, what came of an action is shown. */
const toldFor = 6000;

const App = () => {
	const {room, isConnected} = useRoom();
	const {told, perform} = useActions();
	const hash = useHash();
	const view = hash.startsWith('seat/') ? 'seat' : hash === 'projector' ? 'projector' : 'room';
	const title = room?.class.title ?? '';
	useEffect(() => {
		if (title !== '') document.title = words.page.title(title);
	}, [title]);
	return (
		<Perform.Provider value={perform}>
			<button type="button" class="skip" onClick={() => document.getElementById('content')?.focus()}>
				{words.page.skip}
			</button>
			<Header room={room} view={view} />
			<p class="told" role="status">
				{told !== '' && <span>{told}</span>}
			</p>
			{!isConnected && room && (
				<p class="banner" role="alert">
					{words.page.disconnected}
				</p>
			)}
			{room?.class.isOver && <p class="banner">{words.page.isOver}</p>}
			<main id="content" tabIndex={-1}>
				{!room && <p class="calm">{words.page.connecting}</p>}
				{room && view === 'room' && <RoomView room={room} />}
				{room && view === 'projector' && <ProjectorView room={room} />}
				{room && view === 'seat' && <SeatView key={hash} room={room} id={hash.slice('seat/'.length)} />}
			</main>
		</Perform.Provider>
	);
};

const useActions = (): {told: string; perform: (action: TeacherAction) => void} => {
	const [told, setTold] = useState('');
	useEffect(() => {
		if (told === '') return;
		const timer = setTimeout(() => setTold(''), toldFor);
		return () => clearTimeout(timer);
	}, [told]);
	return {
		told,
		perform: action => {
			setTold('');
			void sendAction(action).then(setTold);
		},
	};
};

const Header = ({room, view}: {room: Room | null; view: string}) => {
	const crowd = room && selectCrowd(room);
	const say = words.page;
	const link = (name: 'room' | 'projector') => (
		<a href={`#${name}`} aria-current={view === name ? 'page' : undefined}>
			{say.views[name]}
		</a>
	);
	return (
		<header>
			{view !== 'projector' && <p class="title">{room?.class.title}</p>}
			{crowd && (
				<p class="crowd">
					<b>{words.crowd.joined(crowd.all)}</b>
					<span>{words.crowd.recorded(crowd.recorded)}</span>
					<span>{words.crowd.away(crowd.away)}</span>
				</p>
			)}
			{room && view !== 'projector' && (
				<p class="access">
					<span>
						{say.address} <b>{room.class.address}</b>
					</span>
					<span>
						{say.code} <b>{room.class.code}</b>
					</span>
				</p>
			)}
			<nav aria-label={say.views.label}>
				{link('room')}
				{link('projector')}
			</nav>
		</header>
	);
};

const root = document.getElementById('board');
if (root) render(<App />, root);
