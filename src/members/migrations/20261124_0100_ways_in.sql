-- Each way in forgets the request to join that it followed.

create index join_requests_by_member on join_requests (member) where member is not null;
