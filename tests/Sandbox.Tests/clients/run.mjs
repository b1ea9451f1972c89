// Runs one vendor's own client against the sandbox: node run.mjs <vendor> <address> <key> <person.png> <garment.png>.
// Only the address is changed. The last line is the result: the picture's length in bytes, or the error.
import { readFile } from 'node:fs/promises'

const [vendor, address, key, personPath, garmentPath] = process.argv.slice(2)
const person = await readFile(personPath)
const garment = await readFile(garmentPath)
const dataUrl = picture => `data:image/png;base64,${picture.toString('base64')}`
const download = async url => Buffer.from(await (await fetch(url)).arrayBuffer())

const vendors = {
  async openai() {
    const { default: OpenAI, toFile } = await import('openai')
    const client = new OpenAI({ apiKey: key, baseURL: `${address}/v1`, maxRetries: 0 })
    const images = [
      await toFile(person, 'person.png', { type: 'image/png' }),
      await toFile(garment, 'garment.png', { type: 'image/png' }),
    ]
    const edited = await client.images.edit({ model: 'gpt-image-2', image: images, prompt: 'wear it' })
    return Buffer.from(edited.data[0].b64_json, 'base64')
  },

  async gemini() {
    const { GoogleGenAI } = await import('@google/genai')
    const client = new GoogleGenAI({ apiKey: key, httpOptions: { baseUrl: address } })
    const part = picture => ({ inlineData: { mimeType: 'image/png', data: picture.toString('base64') } })
    const answer = await client.models.generateContent({
      model: 'gemini-2.5-flash-image',
      contents: [{ role: 'user', parts: [{ text: 'wear it' }, part(person), part(garment)] }],
      config: { responseModalities: ['IMAGE'] },
    })
    const made = answer.candidates[0].content.parts.find(each => each.inlineData)
    return Buffer.from(made.inlineData.data, 'base64')
  },

  async fal() {
    const { createFalClient } = await import('@fal-ai/client')
    // The client has no setting for its address, but offers this hook to redirect requests.
    const elsewhere = request => ({ ...request, url: request.url.replace(/^https:\/\/[a-z]+\.fal\.(run|ai)/, address) })
    const client = createFalClient({ credentials: key, requestMiddleware: async request => elsewhere(request) })
    const input = { prompt: 'wear it', image_urls: [dataUrl(person), dataUrl(garment)] }
    const { data } = await client.subscribe('fal-ai/flux-pro/kontext/multi', { input, pollInterval: 100 })
    return download(data.images[0].url)
  },

  async fashn() {
    const { default: Fashn } = await import('fashn')
    const client = new Fashn({ apiKey: key, baseURL: address, maxRetries: 0 })
    const inputs = { model_image: dataUrl(person), garment_image: dataUrl(garment) }
    const done = await client.predictions.subscribe({ model_name: 'tryon-v1.6', inputs, pollInterval: 100 })
    if (done.status !== 'completed')
      throw new Error(`status ${done.status}`)
    return download(done.output[0])
  },
}

try {
  console.log(`picture ${(await vendors[vendor]()).length}`)
} catch (failure) {
  console.log(`error ${failure.status ?? ''} ${failure.message}`)
  process.exitCode = 1
}
