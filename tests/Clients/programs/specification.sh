# The specification's own command; only the address and the key are ours.
curl $TRYON_BASE/chat/completions \
  -H "Authorization: Bearer $TRYON_API_KEY" \
  -H "Content-Type: application/json" \
  -d '{
    "model": "fal/flux-kontext",
    "modalities": ["image"],
    "messages": [{ "role": "user", "content": [
      { "type": "text", "text": "put the garment on the person" },
      { "type": "image_url", "image_url": { "url": "https://example.com/person.jpg" }, "tryon_role": "person" },
      { "type": "image_url", "image_url": { "url": "https://example.com/garment.jpg" }, "tryon_role": "garment" }
    ]}]
  }'
