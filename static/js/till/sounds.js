// A soft click when something was taken, a low tone when it was refused.
import { setting } from "./settings.js";

let audio = null;

function tone(pitch, seconds, loudness) {
  if (!setting("sounds")) return;
  audio ??= new AudioContext();
  const source = new OscillatorNode(audio, { type: "sine", frequency: pitch });
  const volume = new GainNode(audio, { gain: loudness });
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + seconds);
  source.connect(volume).connect(audio.destination);
  source.start();
  source.stop(audio.currentTime + seconds);
}

export const click = () => tone(1200, 0.04, 0.08);
export const low = () => tone(180, 0.3, 0.25);
