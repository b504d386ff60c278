// Starts the window.
import { mount } from 'svelte'
import App from './App.svelte'
import { chooseApi } from './api/choose'
import { Desk } from './state/desk.svelte'
import './styles/tokens.css'
import './styles/base.css'
import './styles/forms.css'
import './styles/print.css'

// No await at the top: the parts that come later share this file, and would wait for it.
async function begin(): Promise<void> {
  const desk = new Desk(await chooseApi())
  // Before anything is drawn: in its language and its colours from the first frame on.
  await desk.look.read()
  mount(App, { target: document.getElementById('app')!, props: { desk } })
}

void begin()
