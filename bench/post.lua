-- For wrk: each request posts another comment, by the next of many members, as no one alone may
-- write so often. Arguments: a file of cookies, path, a word that no run had yet.
local count, cookies, run = 0, {}, ""
local words = string.rep("Words of somebody who answers. ", 13)

function init(arguments)
  for cookie in io.lines(arguments[1]) do cookies[#cookies + 1] = cookie end
  wrk.path, run = arguments[2], arguments[3]
end

function request()
  count = count + 1
  local body = string.format('{"body":"%s %d","idempotency_key":"%s-%d"}', words, count, run, count)
  local headers = { ["Cookie"] = cookies[count % #cookies + 1],
    ["Content-Type"] = "application/json", ["Accept"] = "application/json" }
  return wrk.format("POST", wrk.path, headers, body)
end
