-- For wrk: each request posts another comment. Arguments: cookie, path, a word that no run had yet.
local count, cookie, run = 0, "", ""
local words = string.rep("Words of somebody who answers. ", 13)

function init(arguments)
  cookie, wrk.path, run = arguments[1], arguments[2], arguments[3]
end

function request()
  count = count + 1
  local body = string.format('{"body":"%s %d","idempotency_key":"%s-%d"}', words, count, run, count)
  local headers = { ["Cookie"] = cookie, ["Content-Type"] = "application/json",
    ["Accept"] = "application/json" }
  return wrk.format("POST", wrk.path, headers, body)
end
