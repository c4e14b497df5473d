function forget() {
  stop();
  [source, answered, quoted, token] = [null, null, [], null];
  for (const field of document.querySelectorAll('textarea,input:not([type=range])')) field.value = '';
  for (const id of ['answer', 'token-answer', 'clock-answer']) $(id).replaceChildren();
}

startFrame();
startLog();
spoken.push(buildToken, buildClock);
speak(language);
setInterval(() => { if (!$('clock').hidden) $('reading').textContent = utc(Math.floor(Date.now() / 1000) * 1000); }, 1000);
document.documentElement.dataset.ready = '';
